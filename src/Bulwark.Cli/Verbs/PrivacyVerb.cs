using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark privacy</c>: what the model of a run is worth, and what its way of training, or synthetic data, give away about users.</summary>
internal static class PrivacyVerb
{
    public static Verb Verb { get; } = new("privacy", "Report utility and leakage of a run side by side, and of synthetic data",
        [
            .. SettingsOf.Data, Known.Split, Known.Quarantine, Known.Model,
            .. SettingsOf.ModelShape, .. SettingsOf.Training, Known.Shadows, Known.Synthetic, Known.Holdout,
            Known.JudgeGenerator, Known.Ordered with { Flag = null }, Known.BehaviorEpochs,
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
                    .. TrainVerb.Judge(model, bench, call.Cancel).Rows, .. Spent(model, settings, bench), .. Members(settings, bench, victim, call.Cancel),
                    .. Made(settings, bench, victim, call.Cancel), .. Generated(settings, bench, victim, status, call.Cancel),
                ];
                report = compose.Of($"{bench.Data.Dataset.Name}: what {model.Name} gives away", Summary(settings, call.Arguments[0]), rows, [settings.Get(Known.Seed1)])
                    with
                { LowerIsBetter = bench.LowerIsBetter };
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
        foreach (var row in Worth(Name, synthetic, settings, bench, victim, cancel)) yield return row;
        if (settings.Get(Known.Holdout) is not { Length: > 0 } holdout) yield break;
        var found = UsageException.OfRefused(() => Memorization.Of(
            RankingTask.Rows(synthetic), RankingTask.Rows(train), RankingTask.Rows(Read(holdout)), new Rng(seed).Fork("memorization")));
        foreach (var row in Leaks(Name, found)) yield return row;

        Interactions Read(string path) => TrainOnSynthetic.OverItems(DatasetReader.Open(path, cancellation: cancel).Interactions.DistinctPairs(), train.Items);
    }

    /// <summary>
    /// A generator as the run's training users would train it: what its people are worth in their place, and, learned from half of them, what it gives away
    /// about that half; beside it draws by the half's popularity, which can give nobody away.
    /// </summary>
    private static IEnumerable<ReportRow> Generated(Resolved settings, Bench bench, Victim victim, Status status, CancellationToken cancel)
    {
        if (!settings.Get(Known.JudgeGenerator)) yield break;
        var (train, rng, name) = (bench.Train, new Rng(settings.Get(Known.Seed1)).Fork("generator"), MadeUp.Generator(settings));
        var users = Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0).ToArray();
        if (users.Length < 4) throw new UsageException("A generator is judged on two halves of the users; give a run of at least 4.");
        foreach (var row in Worth(name, Made(train, rng), settings, bench, victim, cancel)) yield return row;
        rng.Fork("halves").Shuffle<int>(users);
        var members = users[..(users.Length / 2)].ToHashSet();
        var (seen, unseen) = (train.OfUsers(members.Contains), train.OfUsers(user => !members.Contains(user)));
        foreach (var row in Leaks(name, Found(Made(seen, rng.Fork("half"))))) yield return row;
        foreach (var row in Leaks("popularity", Found(ProfileSampler.ByPopularity(seen.ItemCounts()).Generate(users.Length, seen, rng.Fork("control"))))) yield return row;

        Interactions Made(Interactions real, Rng chance) => new MadeUp(Bare(real)).Make(settings, users.Length, chance, status, cancel).Rows.DistinctPairs();
        Memorization Found(Interactions made) =>
            Memorization.Of(RankingTask.Rows(made), RankingTask.Rows(seen), RankingTask.Rows(unseen), rng.Fork("memorization"));
    }

    /// <summary>Who touched what and when: ratings are not judged.</summary>
    private static Interactions Bare(Interactions rows) =>
        new(rows.Users, rows.Items, rows.User.ToArray(), rows.Item.ToArray(), null, rows.HasTimes ? rows.Time.ToArray() : null);

    private static IEnumerable<ReportRow> Worth(
        string name, Interactions made, Resolved settings, Bench bench, Victim victim, CancellationToken cancel)
    {
        var worth = UsageException.OfRefused(() =>
            TrainOnSynthetic.Run(victim, made, bench.Train, bench.Split.Test, bench.Metrics, settings.Get(Known.Seed1), cancel));
        return
        [
            .. bench.Metrics.Select(metric => Row(name, metric.Name, worth.Synthetic[metric.Name])),
            Row(name, $"kept of real {bench.Metrics[0].Name}", worth.Kept(bench.Metrics[0].Name)),
        ];
    }

    private static ReportRow[] Leaks(string name, Memorization found) =>
    [
        Row(name, "copies of training users", found.Copies), Row(name, "distance to training over holdout", found.Ratio),
        Row(name, "nearer to training than holdout", found.NearerTraining), Row(name, "membership auc", found.Membership.Auc),
        Row(name, "membership tpr at 1% fpr", found.Membership.FewFalse),
    ];

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
        .. settings.Get(Known.JudgeGenerator) ? (string[])
        [
            "A generator learned from the training users, and one from half of them: made-up users who are as near to the other half give nothing away.",
        ] : [],
        .. settings.Get(Known.Synthetic).Length > 0 ? (string[])["Synthetic data trained a model that ranked for the real users by their histories."] : [],
    ];

    private static ReportRow Row(string model, string metric, double value) => new(model, "none", 0, metric, value);
}
