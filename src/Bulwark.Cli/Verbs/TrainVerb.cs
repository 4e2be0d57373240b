using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark train</c>: one model, trained, judged and saved.</summary>
internal static class TrainVerb
{
    public static Verb Verb { get; } = new("train", "Train one model, judge it, and save it in a run folder",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model,
            .. SettingsOf.ModelShape, .. SettingsOf.Ensemble, Known.From, Known.Freeze, .. SettingsOf.Training,
            .. SettingsOf.Augmenting,
            Known.TopK, Known.Seed1, Known.Threads, Known.Format, Known.Out, Known.Resume,
        ], Run)
    {
        Positional = new("data", "Folder or file; the generated shop without one", 0, 1, Known.DataPath),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var kind = settings.Get(Known.Model);
        if (kind.Classifies is not null) return ClassifierRun.Train(call, settings);
        Threading.Use(settings);
        Augmentation.Check(settings);
        var bench = Bench.From(settings, kind, call.Cancel);
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, kind.Name, bench.Profile.Hash, folder =>
        {
            var floor = bench.Clean("popularity", bench.Task.Popularity, call.Cancel).ToArray();      // also checks the cutoffs before anything is trained
            var from = settings.Get(Known.From) is { Length: > 0 } run ? SavedModel.Load(Path.Combine(run, "model")) : null;
            var curve = new ReportCurve(kind.Name, []);
            SavedModel? model = null;
            GameResult? game = null;
            Status.Show(call.Terminal, status => (model, curve) = Train(settings, bench, folder, status, call.Cancel, from, data =>
            {
                (data, game) = Augmentation.Of(settings, data, status, call.Cancel);
                return data;
            }));
            model!.Save(folder["model"], settings);
            RunFiles.WriteRecommendations(folder, model, settings.Get(Known.TopK).Max(), call.Cancel);
            var (rows, separations) = Judge(model, bench, call.Cancel);
            report = compose.Of(
                $"{bench.Data.Dataset.Name}: {kind.Name}", [$"{kind.Name} was trained on {bench.Data.Dataset.Name} for {curve.Epochs.Count} epochs.", .. Augmentation.InWords(settings)],
                kind.PredictsRatings ? [.. rows] : [.. rows, .. kind == ModelKinds.Popularity ? [] : floor], [settings.Get(Known.Seed1)]) with
            {
                TrainingCurves = curve.Epochs.Count > 0 ? [curve] : [],
                LowerIsBetter = bench.LowerIsBetter,
                Separations = separations,
            };
            report = report.With(game);
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    /// <summary>What a model of rankings or of ratings is worth on the test part; of ratings also how it tells likes from the rest.</summary>
    public static (IReadOnlyList<ReportRow> Rows, IReadOnlyList<ReportSeparation> Separations) Judge(SavedModel model, Bench bench, CancellationToken cancel)
    {
        if (bench.Ratings is not { } ratings) return ([.. bench.Clean(model.Name, model.Recommender, cancel)], []);
        var result = ratings.Judge((IPairModel)model.Model!, model.At!, cancel);
        return (
            [.. result.Figures.Select(figure => new ReportRow(model.Name, "none", 0, figure.Key, figure.Value))], ReportSeparation.Of(model.Name, result));
    }

    /// <summary>A model of the settings, perhaps from the values of an earlier one and on augmented rows, with its training curve.</summary>
    public static (SavedModel Model, ReportCurve Curve) Train(
        Resolved settings, Bench bench, RunFolder folder, Status status, CancellationToken cancel, SavedModel? from = null,
        Func<Interactions, Interactions>? augment = null)
    {
        var (kind, all) = (settings.Get(Known.Model), bench.Split.Train);
        if (kind.Learning is null && settings.Get(Known.Privacy) is not null) throw Learning.NoPrivacy(settings);
        if (from is not null && (from.Kind != kind || from.At is null || kind.Learning is null))
            throw new UsageException($"--from gives a run of {from.Kind}, and the model is {kind}; start from a run of the same kind, one that is trained in steps.");
        if (kind.Ensemble is { } ensemble) return (ensemble.Train(kind, settings, bench, folder.Checkpoint, status, cancel), new(kind.Name, []));
        var making = bench.Making(settings, kind, status);
        if (kind.Learning is not { } learning)
        {
            var remembering = kind.Remembers?.Invoke(making with { Train = all }, cancel);
            return (new(kind, kind.Name, null, null, all, 0) { Remembering = remembering, Facts = making.Facts }, new(kind.Name, []));
        }
        var real = making;
        if (augment is not null) making = making with { Train = augment(making.Train) };
        var model = learning.Create(making);
        Func<Point, double>? validate = bench.HasValidation ? at => bench.Validate(model, at) : null;
        var options = TrainingJob.OptionsOf(settings, $"{folder.Checkpoint}.safetensors", kind.PredictsRatings);
        var result = learning.Train(model, making, new(options, settings.Get(Known.Seed1), validate, status.Of(kind.Name), cancel) { From = from });
        var curve = Compose.Curve(kind.Name, result.Curve);
        if (making.Train == real.Train) return (new(kind, kind.Name, bench.Tested(model), result.At, all, making.Mean) { Facts = making.Facts }, curve);
        var formula = learning.Create(real with { Train = all });                                 // ranks for what people really did
        return (new(kind, kind.Name, formula, SavedModel.Over(formula, result.At), all, making.Mean) { Facts = making.Facts }, curve);
    }
}
