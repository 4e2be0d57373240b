using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Defenses.Detection;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Models.Neighbors;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Poisoning of ML-100K and FilmTrust by the protocol of the AUSH and Leg-UP papers: 50 accounts with 36 items beside the targets. Every attack × model ×
/// defense; an undefended model trains as long as a hardened one, and adversarial training is that of embedding tables. <c>--detection</c> measures the
/// detectors alone, <c>--data-set</c> takes one set, <c>--validate</c> measures clean models on a tenth of the training ratings, by which settings were
/// chosen.
/// </summary>
internal static class ShillingReproduction
{
    private const float Epsilon = 0.3f;
    private const string Utility = "ndcg@10", Shift = "standardized shift";
    private static readonly Metric[] Metrics = [RankingMetrics.Ndcg(10), RankingMetrics.Recall(10)];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var name in options.Text("data-set") is { } one ? [one] : new[] { "ml100k", "filmTrust" })
        {
            var data = ShillingData.Read(options, name);
            var targets = data.Targets(options.Int("targets", 5));
            if (options.Has("validate")) Validate(data, targets, options);
            else if (!options.Has("detection")) Table(data, targets, options);
            if (options.Has("detection")) ShillingDetection.Print(data, targets, options);
        }
        return 0;
    }

    private static void Table(ShillingData data, IReadOnlyList<int> targets, Arguments options)
    {
        var (start, seeds) = (Stopwatch.GetTimestamp(), options.Seeds());
        var study = new PoisoningStudy(data.Train, ShillingData.Likes(data.Test), targets, Metrics);
        var attacks = data.Attacks(targets).Where(attack => options.Text("attack") is not { } only || attack.Name == only).ToArray();
        Victim[] victims = [.. Victims().Where(victim => IsWanted(victim, options))];
        foreach (var seed in seeds)
        {
            foreach (var victim in victims) study.AddClean(victim, seed);
            foreach (var (name, attack) in attacks)
            {
                var poisoned = study.Poison(attack, ShillingData.Accounts, ShillingData.Fillers + targets.Count, seed);
                foreach (var victim in victims) study.AddPoisoned(victim, name, poisoned, seed);
                Console.Error.WriteLine($"{data.Name}, seed {seed}, {name}: {Figure.Since(start):F0} s");
            }
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{data.Name}: {targets.Count} targets, {ShillingData.Accounts} accounts, {ShillingData.Fillers} items beside the targets, {seeds.Length} seeds, {Figure.Since(start):F0} s"));
        Console.WriteLine($"{"model",-22}{"clean hr@10",-13}{"ndcg@10",-10}{string.Concat(attacks.Select(attack => $"{attack.Name,-16}"))}");
        foreach (var victim in victims)
        {
            var cells = attacks.Select(attack => (attack.Name, ShillingData.Accounts)).ToArray();
            Console.WriteLine($"{victim.Name,-22}{Mean("none", 0, study.Success),-13}{Mean("none", 0, Utility),-10}"
                + string.Concat(cells.Select(cell => $"{Mean(cell.Name, cell.Accounts, study.Success)} {Mean(cell.Name, cell.Accounts, Shift, "+0.0;-0.0;0.0"),-5}{Loss(cell.Name),-5}")));

            string Mean(string attack, int accounts, string metric, string format = ".000") =>
                study.Values(victim.Name, attack, accounts, metric).Average().ToString(format, CultureInfo.InvariantCulture);

            string Loss(string attack) => (study.Values(victim.Name, attack, ShillingData.Accounts, Utility).Average() /
                study.Values(victim.Name, "none", 0, Utility).Average() - 1).ToString("+0%;-0%;0%", CultureInfo.InvariantCulture);
        }
        Console.WriteLine("each attack: target hr@10, standardized prediction shift, change of ndcg@10");
    }

    /// <summary><c>--model</c> takes one model with all its defenses.</summary>
    private static bool IsWanted(Victim victim, Arguments options) => options.Text("model") is not { } only || victim.Name.Split(", ")[0] == only;

    private static void Validate(ShillingData data, IReadOnlyList<int> targets, Arguments options)
    {
        var inner = Splits.KFold(data.Train, 10, new Rng(1))[0];
        var study = new PoisoningStudy(inner.Train, ShillingData.Likes(inner.Test), targets, Metrics);
        foreach (var victim in Victims().Prepend(new("popularity", (train, _) => new Popularity(train.UserCount, ShillingData.Likes(train).ItemCounts()))))
        {
            if (victim.Name.EndsWith("detection") || !IsWanted(victim, options)) continue;
            var start = Stopwatch.GetTimestamp();
            study.AddClean(victim, 1);
            Console.WriteLine($"{data.Name} {victim.Name,-22}{study.Values(victim.Name, "none", 0, Utility)[0]:F4} {study.Values(victim.Name, "none", 0, study.Success)[0]:F4} {Figure.Since(start):F1} s");
        }
    }

    /// <summary>Every model with every defense that applies. A model is trained once for each set of rows, whoever asks for it.</summary>
    private static IReadOnlyList<Victim> Victims()
    {
        var made = new Dictionary<(string, string, ulong), IRecommender>();
        Victim[] plain = [Once("itemknn", Neighbors), Once("bpr", (likes, seed) => Bpr(likes, seed, false)),
            Once("mult-vae", Vae), Once("lightgcn", (likes, seed) => Gcn(likes, seed, false))];
        var ordered = Once("sasrec", (likes, seed) => Sequential(likes, seed, false));                // no member of the ensemble: here order is chance
        var screened = new Dictionary<Interactions, Interactions>(ReferenceEqualityComparer.Instance);
        return
        [
            .. plain, ordered,
            Once("bpr, adversarial", (likes, seed) => Bpr(likes, seed, true)), Once("lightgcn, adversarial", (likes, seed) => Gcn(likes, seed, true)),
            Once("sasrec, adversarial", (likes, seed) => Sequential(likes, seed, true)),
            .. plain.Append(ordered).Select(victim => new Victim($"{victim.Name}, detection", (ratings, seed) => victim.Train(Screened(ratings), seed))),
            new Victim("ensemble", (ratings, seed) => new Blend(plain.Select(victim => new Member(victim.Train(ratings, seed))), ScoreScales.Standard)),
        ];

        Victim Once(string name, Func<Interactions, ulong, IRecommender> train) => new(name, (ratings, seed) =>
        {
            var likes = ShillingData.Likes(ratings);
            if (!made.TryGetValue((name, likes.Hash, seed), out var model)) made[(name, likes.Hash, seed)] = model = train(likes, seed);
            return model;
        });

        Interactions Screened(Interactions ratings) => screened.TryGetValue(ratings, out var rest)
            ? rest : screened[ratings] = ratings.Without(Screening.Of(ratings, new Rng(1)).Weights);
    }

    private static IRecommender Neighbors(Interactions likes, ulong seed) => ItemKnn.Fit(likes, new(100, Shrinkage: 10));

    private static IRecommender Bpr(Interactions likes, ulong seed, bool hardened)
    {
        var (rng, model) = (new Rng(seed), new MatrixFactorization(likes.UserCount, likes.ItemCount, new()));
        return Train(likes, model, new TripleSource(likes, 512, rng.Fork("batches")), Objectives.Bpr(model), new() { L2 = 0.01f }, (20, 20), hardened, rng);
    }

    private static IRecommender Gcn(Interactions likes, ulong seed, bool hardened)
    {
        var (rng, model) = (new Rng(seed), new LightGcn(likes, new(Layers: 2, Dimension: 32)));
        return Train(
            likes, model, new TripleSource(likes, 4096, rng.Fork("batches")), Objectives.Bpr(model), new() { Rule = new Adam(0.005f), L2 = 1e-4f }, (30, 10), hardened, rng);
    }

    /// <summary>The data have no times, and their rows are in the order of ids: every account's history, real or fake, is shuffled.</summary>
    private static IRecommender Sequential(Interactions likes, ulong seed, bool hardened)
    {
        var (rng, encoder) = (new Rng(seed), new SasRec(likes.ItemCount, new(Dimension: 32)));
        int[] order = [.. Enumerable.Range(0, likes.Count)];
        rng.Fork("histories").Shuffle<int>(order);
        var shuffled = likes.Select(order);
        var (model, source) = (new SequenceModel(encoder, shuffled.ByUser), new NextItemSource(shuffled, encoder.Length, 64, rng.Fork("batches"), 0));
        return Train(likes, model, source, SequenceObjectives.CrossEntropy(encoder), new() { Rule = new Adam(0.001f) }, (30, 10), hardened, rng);
    }

    private static IRecommender Vae(Interactions likes, ulong seed)
    {
        var (rng, encoder) = (new Rng(seed), new MultVae(likes.ItemCount, new(50, 150)));
        var objective = BagObjectives.Variational(encoder, BagObjectives.Annealed(0.2f, 200));
        return Train(
            likes, new BagModel(encoder, likes.ByUser), new BagSource(likes, 100, rng.Fork("batches")), objective, new() { Rule = new Adam(0.002f) }, (30, 0), false, rng);
    }

    private static PointRecommender Train<TBatch>(
        Interactions likes, IModel model, IBatchSource<TBatch> source, Objective<TBatch> plain, TrainingOptions options, (int First, int Then) epochs, bool hardened,
        Rng rng) where TBatch : IBatch
    {
        options = options with { Ahead = false };
        var first = new Trainer<TBatch>(source, [new("plain", epochs.First, plain)], options).Run(model.Start(rng.Fork("start")), rng);
        var threat = new Threat(new L2Ball(Epsilon), model.Tables).RelativeTo(first.At);
        var objective = hardened ? new AdversarialTraining(GradientAscent.Fgsm, threat).Harden(plain) : plain;
        var last = new Trainer<TBatch>(source, [new("last", epochs.Then, objective)], options).Continue(first, rng);
        return new(model, last.At, new Popularity(likes.UserCount, likes.ItemCounts()));
    }
}
