using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark privacy</c>: what the model of a run is worth, and what its way of training, or synthetic data, give away about users.</summary>
internal static class PrivacyVerb
{
    public static Verb Verb { get; } = new("privacy", "Report utility and leakage of a run side by side, and of synthetic data",
        [
            .. Known.Data, Known.Split, Known.Quarantine, Known.Model, .. Known.ModelShape, .. Known.Training, Known.Shadows, Known.Synthetic, Known.Holdout,
            Known.TopK, Known.Seed1, Known.Threads, Known.Format, Known.Out, Known.Resume with { Flag = null },
        ], Run)
    {
        Positional = new("run", "Folder of a run", 1, 1),
    };

    private static int Run(Call call)
    {
        var settings = FinishedRun.SettingsOf(call);
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var (model, _, bench) = FinishedRun.Open(call, settings);
        if (model.Kind.PredictsRatings || model.Kind.Ensemble is not null)
            throw new UsageException($"{model.Kind} is not one model of rankings that could be trained anew; give a run of such a model.");
        if (!model.Kind.FoldsIn)
            throw new UsageException($"{model.Kind} has no answer of its own for someone unknown to training; give a run of one that has, such as bpr or mult-vae.");
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, Verb.Name, bench.Data.Dataset.Name, $"{model.Name}-privacy", bench.Profile.Hash, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                var victim = Retraining.Of(settings, bench, status, call.Cancel);
                IReadOnlyList<ReportRow> rows =
                [
                    .. TrainVerb.Judge(model, bench, call.Cancel), .. Spent(model, settings, bench), .. Members(settings, bench, victim, call.Cancel),
                    .. Made(settings, bench, victim, call.Cancel),
                ];
                report = compose.Of($"{bench.Data.Dataset.Name}: what {model.Name} gives away", Summary(settings, call.Arguments[0]), rows, [settings.Get(Known.Seed1)]);
            });
            RunFiles.Write(folder, bench, report!);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    /// <summary>The accountant's figures of private training.</summary>
    private static IEnumerable<ReportRow> Spent(SavedModel model, Resolved settings, Bench bench)
    {
        if (settings.Get(Known.Privacy) is not { } budget || model.Kind.Learning?.Accountant(bench.Making(settings, model.Kind)) is not { } accountant) yield break;
        yield return Row(model.Name, "ε", accountant.Epsilon(budget.Delta));
        yield return Row(model.Name, "δ", budget.Delta);
        yield return Row(model.Name, "noise σ", accountant.Noise);
    }

    private static IEnumerable<ReportRow> Members(Resolved settings, Bench bench, Victim victim, CancellationToken cancel)
    {
        if (settings.Get(Known.Shadows) is not (> 0 and var shadows)) return [];
        var found = UsageException.OfRefused(() => MembershipAudit.Run(bench.Train, victim, shadows, new Rng(settings.Get(Known.Seed1)).Fork("audit"), cancel));
        return found.SelectMany(attack =>
        {
            var mean = Leakage.Mean(attack.Value);
            return (ReportRow[])
            [
                Row(victim.Name, $"membership auc, {attack.Key}", mean.Auc), Row(victim.Name, $"membership tpr at 1% fpr, {attack.Key}", mean.FewFalse),
            ];
        });
    }

    /// <summary>What synthetic data are worth, and, beside a holdout, what they give away.</summary>
    private static IEnumerable<ReportRow> Made(Resolved settings, Bench bench, Victim victim, CancellationToken cancel)
    {
        if (settings.Get(Known.Synthetic) is not { Length: > 0 } file) yield break;
        const string Name = "synthetic";
        var (train, seed) = (bench.Train, settings.Get(Known.Seed1));
        var synthetic = Read(file);
        var worth = UsageException.OfRefused(() => TrainOnSynthetic.Run(victim, synthetic, train, bench.Split.Test, bench.Metrics, seed, cancel));
        foreach (var metric in bench.Metrics) yield return Row(Name, metric.Name, worth.Synthetic[metric.Name]);
        yield return Row(Name, $"kept of real {bench.Metrics[0].Name}", worth.Kept(bench.Metrics[0].Name));
        if (settings.Get(Known.Holdout) is not { Length: > 0 } holdout) yield break;
        var found = UsageException.OfRefused(() => Memorization.Of(
            RankingTask.Rows(synthetic), RankingTask.Rows(train), RankingTask.Rows(Read(holdout)), new Rng(seed).Fork("memorization")));
        yield return Row(Name, "copies of training users", found.Copies);
        yield return Row(Name, "distance to training over holdout", found.Ratio);
        yield return Row(Name, "nearer to training than holdout", found.NearerTraining);
        yield return Row(Name, "membership auc", found.Membership.Auc);
        yield return Row(Name, "membership tpr at 1% fpr", found.Membership.FewFalse);

        Interactions Read(string path) => TrainOnSynthetic.OverItems(DatasetReader.Open(path, cancellation: cancel).Interactions.DistinctPairs(), train.Items);
    }

    private static string[] Summary(Resolved settings, string run) =>
    [
        $"The model of {run} was judged on its test part.",
        .. settings.Get(Known.Privacy) is { } budget ? (string[])
        [
            string.Create(CultureInfo.InvariantCulture, $"It was trained with user-level DP-SGD for ε {budget.Epsilon}, δ {budget.Delta}; what is protected are its weights without rows of users.")
        ] : [],
        .. settings.Get(Known.Shadows) is > 0 and var shadows ? (string[])
        [
            $"In the same way {shadows} models were trained, each on half of the users, and each was asked about all of them: an AUC of .5 and 1% found at 1% false positives give nothing away.",
        ] : [],
        .. settings.Get(Known.Synthetic).Length > 0 ? (string[])["Synthetic data trained a model that ranked for the real users by their histories."] : [],
    ];

    private static ReportRow Row(string model, string metric, double value) => new(model, "none", 0, metric, value);
}
