using Bulwark.Cli.Settings;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Graph;
using Bulwark.Models.Neural;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>The models that the command can train.</summary>
internal static class ModelKinds
{
    public static readonly ModelKind Popularity = new(
        "popularity", "How often an item occurs: the floor that every model must clear", "", "interactions", null)
    {
        FoldsIn = false,
    };

    public static readonly ModelKind Bpr = new(
        "bpr", "Matrix factorization for rankings, learned from pairs of items", "Rendle et al. 2009, BPR", "interactions", Pairwise.BprOrContrastive(
        "bpr", making => new MatrixFactorization(
            making.Train.UserCount, making.Train.ItemCount, new(making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Biases))),
        making => UserExamples.Triples(making.Train), model => [model.Users, model.UserBias]));

    public static readonly ModelKind Mf = new(
        "mf", "Matrix factorization with biases for ratings", "Koren, Bell and Volinsky 2009", "ratings", Learning.Of(
        making => new MatrixFactorization(
            making.Train.UserCount, making.Train.ItemCount, new(making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Biases), making.Mean)),
        (_, making, batch, rng) => new RatingSource(making.Train, batch, rng), Objectives.SquaredError))
    {
        PredictsRatings = true,
        Defaults = With((Known.Biases, "yes"), (Known.Dimension, "16"), (Known.L2, "0.02")),
    };

    public static readonly ModelKind NeuMf = new(
        "neumf", "Neural matrix factorization: a factorization beside an MLP, learned from clicks", "He et al. 2017, NCF", "interactions", Learning.Of(
        making => new NeuMf(
            making.Train.UserCount, making.Train.ItemCount, new(making.Settings.Get(Known.Dimension), (float)making.Settings.Get(Known.Dropout))),
        (_, making, batch, rng) => new ClickSource(making.Train, batch, making.Settings.Get(Known.NegativesPerClick), rng), Objectives.LogLoss,
        hardenable: (model, _, plain) => Clicks(model, plain)))
    {
        FoldsIn = false,
        Defaults = With((Known.Dimension, "8"), (Known.Optimizer, "adam"), (Known.Rate, "0.001"), (Known.Batch, "1280"), (Known.Epochs, "20")),
    };

    public static readonly ModelKind LightGcn = new(
        "lightgcn", "Rows that travel over the graph of who touched what", "He et al. 2020, LightGCN", "interactions", Pairwise.BprOrContrastive(
        "lightgcn", making => new LightGcn(making.Train, new(making.Settings.Get(Known.Layers), making.Settings.Get(Known.Dimension)))))
    {
        Defaults = With((Known.Optimizer, "adam"), (Known.Rate, "0.005"), (Known.Batch, "2048"), (Known.L2, "0.0001")),
    };

    /// <summary>All that recommend.</summary>
    public static IReadOnlyList<ModelKind> All { get; } =
    [
        Popularity, Bpr, Mf, NeuMf, LightGcn, .. LinearKinds.All, .. BagKinds.All, .. SequenceKinds.All, .. FieldKinds.All, .. ContentKinds.All, .. TowerKinds.All,
        .. EnsembleKinds.All,
    ];

    public static ModelKind Parse(string text) => Settings.Parse.Word("model", [.. All.Concat(ClassifierKinds.All).Select(kind => (kind.Name, kind))])(text);

    /// <summary>What defenses can use of a model of clicks.</summary>
    public static Hardenable<LabeledPairs> Clicks(IPairModel model, Objective<LabeledPairs> plain) =>
        new(plain) { Outputs = Outputs.Clicks(model), Smoothed = share => Objectives.LogLoss(model, share) };

    /// <summary>The names of some of them, for complaints.</summary>
    public static string Named(Func<ModelKind, bool> some) => string.Join(", ", All.Where(some));

    /// <summary>Other defaults for a model.</summary>
    public static IReadOnlyDictionary<string, string> With(params ReadOnlySpan<(Setting Setting, string Value)> defaults)
    {
        var values = new Dictionary<string, string>();
        foreach (var (setting, value) in defaults) values[setting.Key] = value;
        return values;
    }
}
