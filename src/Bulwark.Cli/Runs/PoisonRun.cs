using Bulwark.Attacks.Poisoning;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Data;
using Bulwark.Evaluation;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark attack --poison</c> does: train, poison, retrain, measure; and, where asked for, search the price of success.</summary>
internal static class PoisonRun
{
    /// <summary>Runs it; the data and the model are those of the call, or of the run it names, whose model is trained anew.</summary>
    public static int Run(Call call, Resolved settings, PoisonKind poison)
    {
        var kind = settings.Get(Known.Model);
        if (kind.Ensemble is not null) throw new UsageException($"{kind} is made of other models and is not trained anew here; poison one of its members.");
        Threading.Use(settings);
        var bench = Bench.From(settings, kind, call.Cancel);
        int[] targets = Items.Of(settings, Known.Targets, bench), selected = Items.Of(settings, Known.Selected, bench);
        if (targets.Length == 0) throw new UsageException("Name the items to push: --targets ID,ID.");
        if (poison.Needs && selected.Length == 0) throw new UsageException($"{poison.Name} needs the items that its victims like: --selected ID,ID.");
        var (accounts, fillers, goal) = (settings.Get(Known.Accounts), settings.Get(Known.Fillers), settings.Get(Known.Goal));
        var (attack, actions, train) = (poison.Of(fillers, selected), fillers + targets.Length, bench.Train);
        UsageException.OfRefused(() => new Budget(accounts, actions, targets).Check(train.ItemCount));

        var compose = new Compose(settings, bench);
        Report? report = null;
        var folder = RunFolder.Use(settings, "attack", bench.Data.Dataset.Name, $"{kind.Name}-{poison.Name}", bench.Profile.Hash, folder =>
        {
            var study = new PoisoningStudy(train, bench.Split.Test, targets, bench.Metrics);
            var prices = new List<int?>();
            Status.Show(call.Terminal, status =>
            {
                var victim = Retraining.Of(settings, bench, status, call.Cancel);
                foreach (var seed in settings.Get(Known.Seeds))
                {
                    study.AddClean(victim, seed, call.Cancel);
                    UsageException.OfRefused(() => study.AddPoisoned(victim, poison.Name, study.Poison(attack, accounts, actions, seed), seed, call.Cancel));
                    if (goal > 0) prices.Add(PoisoningStudy.Price(
                        many => study.HitRate(victim, study.Poison(attack, many, actions, seed), seed, call.Cancel), goal, MostAccounts(train)));
                }
            });
            report = compose.Of($"{bench.Data.Dataset.Name}: {kind.Name} poisoned by {poison.Name}", Summary(), study.Rows, settings.Get(Known.Seeds)) with
            {
                LowerIsBetter = study.OfTargets,
            };
            RunFiles.Write(folder, bench, report);

            string[] Summary() =>
            [
                $"{kind.Name} was trained on {bench.Data.Dataset.Name}, and again after {accounts} fake accounts ({poison.Name}) had pushed " +
                    $"{string.Join(", ", targets.Select(target => $"'{train.Items[target]}'"))} with {fillers} other items each.",
                "Every ε is a number of fake accounts. Fake accounts, and users who have a target already, are left out of the targets' figures.",
                .. prices.Select((price, n) => Price(price, n)),
            ];
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        foreach (var sentence in report!.Summary.Skip(2)) call.Terminal.Error.WriteLine(sentence);
        return ExitCode.Ok;

        string Price(int? price, int n) => $"Seed {settings.Get(Known.Seeds)[n]}: " + (price is { } bought
            ? $"{bought} accounts put the targets into the top {bench.Metrics[0].Cutoff} of {goal:P0} of the users."
            : $"not even {MostAccounts(train)} accounts put the targets into the top {bench.Metrics[0].Cutoff} of {goal:P0} of the users.");
    }

    /// <summary>An attacker with as many accounts as there are users is not one that detection could call a minority.</summary>
    private static int MostAccounts(Interactions train) => train.UserCount;
}
