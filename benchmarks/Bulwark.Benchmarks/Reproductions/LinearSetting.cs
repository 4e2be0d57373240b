using System.Globalization;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Graph;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A model that is worked out at once, with its settings.</summary>
/// <param name="Text">The settings in words.</param>
/// <param name="Fit">What they make of training data.</param>
internal sealed record LinearSetting(string Text, Func<Interactions, IRecommender> Fit)
{
    private const ulong Seed = 1;

    /// <summary>Random settings of each model, for a search.</summary>
    public static IReadOnlyDictionary<string, Func<Rng, LinearSetting>> Draws { get; } = new Dictionary<string, Func<Rng, LinearSetting>>
    {
        ["userknn"] = rng => Users(Neighbors(rng)),
        ["itemknn"] = rng => Items(Neighbors(rng)),
        ["p3alpha"] = rng => Walks(new(Whole(rng, 20, 800), Between(rng, 0.3f, 1.5f), 0)),
        ["rp3beta"] = rng => Walks(new(Whole(rng, 20, 800), Between(rng, 0.3f, 1.5f), Between(rng, 0, 0.8f))),
        ["puresvd"] = rng => Singular(new(Whole(rng, 20, 150))),
        ["ease"] = rng => Linear(new(Whole(rng, 100, 2000))),
        ["ials"] = rng => Alternating(new(64 * (1 + rng.Next(4)), 6 + rng.Next(7), Logarithmic(rng, 0.02f, 0.6f), Logarithmic(rng, 0.001f, 0.02f))),
        ["gf-cf"] = rng => Filter(new(Whole(rng, 32, 256), Between(rng, 0, 1))),
        ["bspm"] = rng => Filter(new(Whole(rng, 32, 256), Between(rng, 0, 1), Between(rng, 0.5f, 3))),
    };

    public static LinearSetting Users(NeighborOptions options) => new(Words(options), train => new UserKnn(train, options));

    public static LinearSetting Items(NeighborOptions options) => new(Words(options), train => ItemKnn.Fit(train, options));

    public static LinearSetting Walks(Rp3BetaOptions options) =>
        new(Invariant($"neighbors {options.Neighbors}, α {options.Alpha:g4}, β {options.Beta:g4}"), train => Rp3Beta.Fit(train, options));

    public static LinearSetting Linear(EaseOptions options) => new(Invariant($"λ {options.L2}"), train =>
    {
        var model = new Ease(train, options);
        return At(model, model.Fit(), train);
    });

    public static LinearSetting Singular(PureSvdOptions options) => new(Invariant($"{options.Factors} factors"), train =>
    {
        var model = PureSvd.Model(train.UserCount, train.ItemCount, options);
        return At(model, PureSvd.Fit(model, train, options, new Rng(Seed)), train);
    });

    public static LinearSetting Alternating(ImplicitAlsOptions options) => new(
        Invariant($"d {options.Dimension}, {options.Iterations} iterations, w {options.UnseenWeight:g3}, λ {options.L2:g3}"), train =>
        {
            var model = ImplicitAls.Model(train.UserCount, train.ItemCount, options);
            return At(model, ImplicitAls.Fit(model, train, options, new Rng(Seed)), train);
        });

    public static LinearSetting Filter(GraphFilterOptions options) => new(
        Invariant($"{options.Factors} factors, β {options.Ideal:g3}, T {options.Sharpening:g3}"), train =>
        {
            var filter = new GraphFilter(train, options);
            return At(new BagModel(filter, train.ByUser), filter.Fit(new Rng(Seed)), train);
        });

    private static PointRecommender At(IModel model, Point at, Interactions train) => new(model, at, new Popularity(train.UserCount, train.ItemCounts()));

    private static NeighborOptions Neighbors(Rng rng) => new(
        Whole(rng, 20, 800), rng.Next(2) == 0 ? 0 : Whole(rng, 1, 100), Similarity.Cosine, (Weighting)rng.Next(3), Between(rng, 0, 0.6f));

    private static string Words(NeighborOptions options) => Invariant(
        $"{options.Similarity}, {options.Weighting}, neighbors {options.Neighbors}, shrinkage {options.Shrinkage}, α {options.Asymmetry:g3}");

    private static float Between(Rng rng, float low, float high) => low + (high - low) * rng.NextSingle();

    private static float Logarithmic(Rng rng, float low, float high) => MathF.Exp(Between(rng, MathF.Log(low), MathF.Log(high)));

    private static int Whole(Rng rng, int low, int high) => (int)MathF.Round(Logarithmic(rng, low, high));

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
