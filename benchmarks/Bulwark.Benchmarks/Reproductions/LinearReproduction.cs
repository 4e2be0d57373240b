using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Neighbors and closed forms on ML-1M, one test item a user among 99 given negatives (<see cref="NcfPart"/>). With <c>--search n</c>, n settings of
/// each model are drawn and the best by HR@10 of the validation part is kept; without, what <c>--search 16</c> kept is used (8 for ials).
/// <c>--validate</c> measures them there, <c>--model name</c> takes one model.
/// </summary>
internal static class LinearReproduction
{
    /// <summary>Settings in words, and what they make of training data.</summary>
    private sealed record Setting(string Text, Func<Interactions, IRecommender> Fit);

    private sealed record Family(string Name, (double? HitRate, double? Gain) Published, Setting Chosen, Func<Rng, Setting> Draw);

    private static readonly Family[] Families =
    [
        new("userknn", (0.6705, 0.3908), Users(new(201, Weighting: Weighting.Bm25)), rng => Users(Neighbors(rng))),
        new("itemknn", (0.6596, 0.3900), Items(new(30, Weighting: Weighting.Bm25)), rng => Items(Neighbors(rng))),
        new("p3alpha", (0.6464, 0.3867), Walks(new(316, 0.9352f, 0)), rng => Walks(new(Whole(rng, 20, 400), Between(rng, 0.3f, 1), 0))),
        new("rp3beta", (0.6715, 0.3991), Walks(new(118, 0.7054f, 0.4416f)), rng => Walks(new(Whole(rng, 20, 400), Between(rng, 0.3f, 1), Between(rng, 0, 0.5f)))),
        new("puresvd", (0.6896, 0.4294), Singular(new(49)), rng => Singular(new(Whole(rng, 20, 150)))),
        new("ease", (0.7096, 0.4495), Linear(new(1609)), rng => Linear(new(Whole(rng, 100, 2000)))),
        new("ials", (null, null), Alternating(new(192)), rng => Alternating(
            new(64 * (1 + rng.Next(3)), 6 + rng.Next(7), Logarithmic(rng, 0.05f, 0.6f), Logarithmic(rng, 0.002f, 0.02f)))),
    ];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m"));
        var (validation, test) = (new Lazy<NcfPart>(() => NcfPart.Validation(data.Interactions)), NcfPart.Test(data));
        foreach (var family in Families.Where(family => options.Text("model") is null || family.Name == options.Text("model")))
        {
            var setting = options.Int("search", 0) is > 0 and var draws ? Search(family, validation.Value, draws) : family.Chosen;
            Measure(family, setting, options.Has("validate") ? validation.Value : test);
        }
        return 0;
    }

    private static Setting Search(Family family, NcfPart part, int draws)
    {
        var rng = new Rng(NcfPart.Seed).Fork(family.Name);
        return Enumerable.Range(0, draws).Select(n => n == 0 ? family.Chosen : family.Draw(rng.Fork(n))).MaxBy(setting => Measure(family, setting, part))!;
    }

    private static double Measure(Family family, Setting setting, NcfPart part)
    {
        var start = Stopwatch.GetTimestamp();
        var result = SampledRanking.Evaluate(setting.Fit(part.Train), part.Cases, NcfPart.Metrics);
        part.Print("ncf-linear", family.Name, setting.Text, result, family.Published, start);
        return result["hr@10"];
    }

    private static Setting Users(NeighborOptions options) => new(Text(options), train => new UserKnn(train, options));

    private static Setting Items(NeighborOptions options) => new(Text(options), train => ItemKnn.Fit(train, options));

    private static Setting Walks(Rp3BetaOptions options) =>
        new(Invariant($"neighbors {options.Neighbors}, α {options.Alpha:g4}, β {options.Beta:g4}"), train => Rp3Beta.Fit(train, options));

    private static Setting Linear(EaseOptions options) => new(Invariant($"λ {options.L2}"), train =>
    {
        var model = new Ease(train, options);
        return new PointRecommender(model, model.Fit(), Floor(train));
    });

    private static Setting Singular(PureSvdOptions options) => new(Invariant($"{options.Factors} factors"), train =>
    {
        var model = PureSvd.Model(train.UserCount, train.ItemCount, options);
        return new PointRecommender(model, PureSvd.Fit(model, train, options, new Rng(NcfPart.Seed)), Floor(train));
    });

    private static Setting Alternating(ImplicitAlsOptions options) => new(
        Invariant($"d {options.Dimension}, {options.Iterations} iterations, w {options.UnseenWeight:g3}, λ {options.L2:g3}"), train =>
        {
            var model = ImplicitAls.Model(train.UserCount, train.ItemCount, options);
            return new PointRecommender(model, ImplicitAls.Fit(model, train, options, new Rng(NcfPart.Seed)), Floor(train));
        });

    private static Popularity Floor(Interactions train) => new(train.UserCount, train.ItemCounts());

    private static NeighborOptions Neighbors(Rng rng) =>
        new(Whole(rng, 20, 400), rng.Next(2) == 0 ? 0 : Whole(rng, 1, 100), Similarity.Cosine, (Weighting)rng.Next(3));

    private static string Text(NeighborOptions options) =>
        Invariant($"{options.Similarity}, {options.Weighting}, neighbors {options.Neighbors}, shrinkage {options.Shrinkage}");

    private static float Between(Rng rng, float low, float high) => low + (high - low) * rng.NextSingle();

    private static float Logarithmic(Rng rng, float low, float high) => MathF.Exp(Between(rng, MathF.Log(low), MathF.Log(high)));

    private static int Whole(Rng rng, int low, int high) => (int)MathF.Round(Logarithmic(rng, low, high));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
