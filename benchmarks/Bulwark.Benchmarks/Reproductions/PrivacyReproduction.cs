using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Defenses.Privacy;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// ML-100K under user-level DP-SGD: NDCG@10 at each ε of <c>--epsilons</c> (δ = 10⁻⁵), with seeds, beside what membership inference finds in models trained in the same
/// way on halves of the users (<c>--shadows</c> of them; 0 for none). <c>--model</c> is mf (item rows and biases protected, user rows local) or dae (all weights
/// protected). Settings were chosen on what <c>--validate</c> measures; <c>--clip</c>, <c>--rate</c>, <c>--batch</c>, <c>--epochs</c>, <c>--dimension</c> try others.
/// </summary>
internal static class PrivacyReproduction
{
    private const double Delta = 1e-5;

    /// <summary>How a model is trained; without privacy ε and C are infinite.</summary>
    private sealed record Setting(string Model, double Epsilon, float Clip, float Rate, int Batch, int Epochs, int Dimension)
    {
        public override string ToString() => string.Create(CultureInfo.InvariantCulture,
            $"ε {Epsilon}, C {Clip}, Adam {Rate}, {(Batch == int.MaxValue ? "all" : Batch)} users a step, {Epochs} epochs, d {Dimension}");
    }

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (validation, test) = LinearTable.All["ml-100k-ranking"].Open(options, int.MaxValue);
        var part = (options.Has("validate") ? validation : test).Value;
        Metric[] metrics = [RankingMetrics.Ndcg(10), RankingMetrics.Recall(10)];
        foreach (var (name, value) in part.Task.Judge(part.Task.Popularity, metrics).Means)
            new Figure("privacy", "popularity", "not private: counts of items as they are", 1, part.Name, name, value, null, 0).Print();
        foreach (var epsilon in (options.Text("epsilons") ?? "2,8,inf").Split(',').Select(Number))
        {
            var (setting, start) = (Of(options, epsilon), Stopwatch.GetTimestamp());
            var results = options.Seeds().Select(seed => part.Task.Judge(Train(part.Train, seed, setting), metrics)).ToArray();
            foreach (var metric in metrics) Print(metric.Name, [.. results.Select(result => result[metric.Name])]);
            if (options.Int("shadows", 4) is > 0 and var shadows)
                foreach (var (attack, leakage) in MembershipAudit.Run(part.Train, new(setting.Model, (train, seed) => Train(train, seed, setting)), shadows, new(1)))
                {
                    Print($"auc of {attack}", [.. leakage.Select(one => one.Auc)]);
                    Print($"tpr at 1% fpr of {attack}", [.. leakage.Select(one => one.FewFalse)]);
                }

            void Print(string metric, double[] values)
            {
                var spread = Spread.Of(values);
                new Figure("privacy", setting.Model, $"{setting}; {spread.Count} of deviation {spread.Deviation:F4}", 1, part.Name, metric, spread.Mean, null, Figure.Since(start)).Print();
            }
        }
        return 0;
    }

    private static Setting Of(Arguments options, double epsilon)
    {
        var chosen = epsilon switch
        {
            double.PositiveInfinity => new Setting("mf", epsilon, float.PositiveInfinity, 0.01f, 100, 40, 16),
            < 4 => new Setting("mf", epsilon, 1, 0.02f, int.MaxValue, 100, 2),
            _ => new Setting("mf", epsilon, 1, 0.02f, int.MaxValue, 100, 4),
        };
        return new(
            options.Text("model") ?? chosen.Model, epsilon, options.Float("clip", chosen.Clip), options.Float("rate", chosen.Rate),
            options.Int("batch", chosen.Batch), options.Int("epochs", chosen.Epochs), options.Int("dimension", chosen.Dimension));
    }

    private static PointRecommender Train(Interactions train, ulong seed, Setting setting)
    {
        var popularity = new Popularity(train.UserCount, train.ItemCounts());
        if (setting.Model == "dae")
        {
            var dae = new MultDae(train.ItemCount, new(setting.Dimension, setting.Dimension));
            return new(new BagModel(dae, train.ByUser), Trained(UserExamples.Bags(train), BagObjectives.Multinomial(dae), dae.Start, []), popularity);
        }
        var mf = new MatrixFactorization(train.UserCount, train.ItemCount, new(setting.Dimension, Biases: true, Deviation: 0.1f));
        return new(mf, Trained(UserExamples.Triples(train), Objectives.Bpr(mf), mf.Start, [mf.Users, mf.UserBias]), popularity);

        Point Trained<TBatch>(UserExamples<TBatch> users, Objective<TBatch> objective, Func<Rng, Point> start, Variable[] local) where TBatch : IBatch
        {
            var rng = new Rng(seed);
            var share = Math.Min(1, (double)setting.Batch / users.Count);
            var source = new PoissonSource<TBatch>(users, share, rng.Fork("batches"));
            var noise = double.IsFinite(setting.Epsilon)
                ? RenyiAccountant.For(setting.Epsilon, Delta, share, (long)setting.Epochs * source.StepsPerEpoch).Noise : 0;
            var dp = new DpSgd(setting.Clip, (float)noise, (float)(share * users.Count)) { Local = local };
            var trainer = new Trainer<UserBatch<TBatch>>(
                source, [new("dp", setting.Epochs, dp.Of(objective))], new() { Rule = new Adam(setting.Rate), Ahead = Team.Threads > 1 });
            return trainer.Run(start(rng.Fork("start")), rng).At;
        }
    }

    private static double Number(string text) => text == "inf" ? double.PositiveInfinity : double.Parse(text, CultureInfo.InvariantCulture);
}
