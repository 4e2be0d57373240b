using Bulwark.Attacks.Histories;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark attack --history</c> does: a sample of shoppers' histories edited, blind, greedily and, where gradients can be seen, by them.</summary>
internal static class HistoryRun
{
    /// <summary>Runs it on the model of the run that the call names.</summary>
    public static int Run(Call call, Resolved settings, EditKinds kinds)
    {
        var (model, _, bench) = FinishedRun.Open(call, settings);
        var victim = Victim(model);
        var (edits, seeds) = (settings.Get(Known.MostEdits), settings.Get(Known.Seeds));
        int? target = settings.Get(Known.Target) is { Length: > 0 } id ? bench.Item(id) : null;
        var cases = Cases(bench, target, settings.Get(Known.Sample), new Rng(settings.Get(Known.DataSeed)));
        if (cases.Length == 0)
            throw new UsageException("No shopper has a history, a test item that is new to them, and room for the target; choose another target or split.");
        var study = new HistoryStudy(cases, new(edits, kinds), bench.Metrics[0].Cutoff ?? 10);
        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, "attack", bench.Data.Dataset.Name, $"{model.Name}-history", bench.Profile.Hash, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                foreach (var seed in seeds)
                    foreach (var (name, attack) in Attacks(victim))
                    {
                        status.Report(new StudyProgress(seed, model.Name, name));
                        study.Add(model.Name, victim, name, attack, new Rng(seed).Fork(name), null, call.Cancel);
                    }
            });
            report = compose.Of($"{bench.Data.Dataset.Name}: {model.Name} with edited histories", Summary(), study.Rows, seeds) with
            {
                LowerIsBetter = study.OfTargets,
            };
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;

        string[] Summary() =>
        [
            $"The histories of {cases.Length:N0} shoppers were edited ({settings.Origin(Known.History).Value}) to " +
                (target is { } item ? $"push '{bench.Split.Train.Items[item]}' into their lists." : "push the item that they chose next from their lists."),
            "Every ε is a number of edits. Every history is scored as of someone unknown to training; neither its items nor those that came in are listed.",
        ];
    }

    private static HistoryVictim Victim(SavedModel model)
    {
        if (model.Kind.PredictsRatings) throw new UsageException($"{model.Kind} predicts ratings and lists nothing; attack a model of interactions.");
        if (model is { Model: IHistoryModel formula, At: { } at }) return HistoryVictim.Of(formula, at);
        var (ranking, someone) = (model.Recommender, Enumerable.Range(0, model.Users.Count).First(user => model.Seen[user].Length > 0));
        return ranking.ScoreHistory(model.Seen[someone], new float[ranking.ItemCount]) == ScoreSource.FoldIn
            ? HistoryVictim.Of(ranking)
            : throw new UsageException($"{model.Kind} does not look at histories, so that editing them changes nothing; attack a model that does, such as sasrec or itemknn.");
    }

    private static (string, IHistoryAttack)[] Attacks(HistoryVictim victim) =>
    [
        ("random", new RandomEdits()), ("greedy", GreedyEdits.Sampled()),
        .. victim.Slope is null ? [] : ((string, IHistoryAttack)[])[("guided", GreedyEdits.Guided())],
    ];

    /// <summary>Shoppers drawn from those with a test item that is new to them, and without the target.</summary>
    private static HistoryCase[] Cases(Bench bench, int? target, int most, Rng rng)
    {
        var (before, after, users) = (bench.Split.Train.ByUser, bench.Split.Test.ByUser, new int[bench.Split.Test.UserCount]);
        for (var user = 0; user < users.Length; user++) users[user] = user;
        rng.Fork("shoppers").Shuffle<int>(users);
        var cases =
            from user in users
            where user < before.UserCount && before.Items(user).Length > 0 && (target is not { } pushed || !before.Contains(user, pushed))
            let next = after.Items(user).ToArray().Where(item => item != target && !before.Contains(user, item)).ToArray()
            where next.Length > 0
            select new HistoryCase(before.Items(user).ToArray(), next[0], target);
        return [.. cases.Take(most)];
    }
}
