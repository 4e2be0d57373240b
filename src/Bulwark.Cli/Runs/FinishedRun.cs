using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Data;

namespace Bulwark.Cli.Runs;

/// <summary>A run that is done, opened again.</summary>
/// <param name="Model">Its model.</param>
/// <param name="Settings">Its settings, with those of the present call above them.</param>
/// <param name="Bench">Its data and split, which are known to be the same as then.</param>
internal sealed record FinishedRun(SavedModel Model, Resolved Settings, Bench Bench)
{
    /// <summary>The settings of the run that a call names first, below those of the call.</summary>
    public static Resolved SettingsOf(Call call)
    {
        var config = Path.Combine(call.Arguments[0], "config.json");
        if (!File.Exists(config))
            throw new DataException(call.Arguments[0], null, "is not the folder of a run", "give one that bulwark train or bulwark harden has written");
        return call.Resolve(Layer.File(config, Cli.Settings));
    }

    /// <summary>Reads model and data.</summary>
    /// <exception cref="DataException">The data are not those of the run.</exception>
    public static FinishedRun Open(Call call, Resolved settings)
    {
        var run = call.Arguments[0];
        var model = SavedModel.Load(Path.Combine(run, "model"));
        var then = RunFiles.ReadData(run);
        Threading.Use(settings);
        var bench = Bench.From(settings, model.Kind, call.Cancel);
        if (bench.Profile.Hash != then.Sha256)
            throw new DataException(bench.Data.Source, null, $"the data are not those of {run}", "give the same with --data or train again");
        if (!bench.Split.Train.Users.Ids.SequenceEqual(model.Users) || !bench.Split.Train.Items.Ids.SequenceEqual(model.Items))
            throw new DataException(run, null, "the model does not know the users and items of its own data", "train again");
        return new(model, settings, bench);
    }
}
