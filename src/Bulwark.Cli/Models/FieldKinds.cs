using Bulwark.Cli.Settings;
using Bulwark.Models.Factorization;
using Bulwark.Models.Fields;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>Models of fields: users, items, and what is known of them.</summary>
internal static class FieldKinds
{
    private const string Needs = "interactions; attributes of users and items where there are some";
    private const int CrossLayers = 2;
    private const float Temperature = 0.1f;

    public static readonly ModelKind Fm = new(
        "fm", "A factorization machine, learned from pairs of items", "Rendle 2010", Needs, Pairwise.Bpr(
        making => new FactorizationModel(FieldFacts.Users(making), FieldFacts.Items(making), making.Settings.Get(Known.Dimension)),
        moments: (model, making) => model.At(FieldFacts.Moments(making))))
    {
        Keeps = FieldFacts.Kept,
        ReadsContext = true,
    };

    public static readonly ModelKind DeepFm = Clicks(
        "deepfm", "A factorization machine beside a network over the same rows", "Guo et al. 2017, DeepFM", (shape, options) => new DeepFm(shape, options));

    public static readonly ModelKind WideAndDeep = Clicks(
        "wide-deep", "A linear model beside a network", "Cheng et al. 2016, Wide & Deep", (shape, options) => new WideAndDeep(shape, options));

    public static readonly ModelKind Dcn = Clicks(
        "dcn", "Layers of feature crosses beside a network", "Wang et al. 2021, DCN V2", (shape, options) => new DcnV2(shape, CrossLayers, options));

    public static readonly ModelKind TwoTowers = new(
        "two-towers", "A network for users and one for items, compared by cosine", "Yi et al. 2019", Needs, Learning.Of(
        making => new CosineModel(new TwoTowers(
            FieldFacts.Users(making), FieldFacts.Items(making), making.Settings.Get(Known.Dimension), Options(making) with { Layers = [64] })),
        (_, making, batch, rng) => new ContrastiveSource(making.Train, batch, making.Settings.Get(Known.Drawn), rng, FieldFacts.HasContext(making)),
        (model, making) => Objectives.SampledSoftmax(
            FieldFacts.HasContext(making) ? new CosineModel(((TwoTowers)model.Rows).At(FieldFacts.Moments(making))) : model, Temperature)))
    {
        Keeps = FieldFacts.Kept,
        ReadsContext = true,
        Defaults = ModelKinds.With((Known.Optimizer, "adam"), (Known.Rate, "0.005"), (Known.Batch, "128")),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Fm, DeepFm, WideAndDeep, Dcn, TwoTowers];

    private static ModelKind Clicks(string name, string summary, string paper, Func<FieldShape, DeepOptions, IFieldScorer> formula) => new(
        name, summary + ", learned from clicks", paper, Needs, Learning.Of(
        making => new FieldModel(FieldFacts.Users(making), FieldFacts.Items(making), shape => formula(shape, Options(making))),
        (_, making, batch, rng) => new ClickSource(making.Train, batch, making.Settings.Get(Known.NegativesPerClick), rng, FieldFacts.HasContext(making)),
        (model, making) => Objectives.LogLoss(FieldFacts.HasContext(making) ? model.At(FieldFacts.Moments(making)) : model),
        hardenable: (model, _, plain) => ModelKinds.Clicks(model, plain)))
    {
        Keeps = FieldFacts.Kept,
        ReadsContext = true,
        FoldsIn = false,
        Defaults = ModelKinds.With(
            (Known.Dimension, "16"), (Known.Optimizer, "adam"), (Known.Rate, "0.005"), (Known.Batch, "1280"), (Known.Epochs, "20")),
    };

    private static DeepOptions Options(Making making) => new(making.Settings.Get(Known.Dimension), (float)making.Settings.Get(Known.Dropout));
}
