using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Graph;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>Neighbors, and linear models whose weights are worked out at once.</summary>
internal static class LinearKinds
{
    private const string Needs = "interactions";

    public static readonly ModelKind ItemKnn = Neighbors(
        "itemknn", "Items touched by the same people", "Sarwar et al. 2001", (making, cancel) => Bulwark.Models.Neighbors.ItemKnn.Fit(making.Train, Similar(making), cancel));

    public static readonly ModelKind UserKnn = Neighbors(
        "userknn", "What similar people touched", "Resnick et al. 1994", (making, _) => new UserKnn(making.Train, Similar(making)));

    public static readonly ModelKind P3Alpha = Neighbors(
        "p3alpha", "Random walks over users and items", "Cooper et al. 2014",
        (making, cancel) => Rp3Beta.Fit(making.Train, new(Nearest(making), Alpha(making), Beta: 0), cancel));

    public static readonly ModelKind Rp3 = Neighbors(
        "rp3beta", "Random walks that discount popular ends", "Paudel et al. 2017",
        (making, cancel) => Rp3Beta.Fit(making.Train, new(Nearest(making), Alpha(making), (float)making.Settings.Get(Known.Beta)), cancel));

    public static readonly ModelKind Ease = new(
        "ease", "A linear model from items to items, in closed form", "Steck 2019, EASE", Needs,
        Learning.Fitted(making => new Ease(making.Train, new(Ridge(making))), (model, _, job) => model.Fit(job.Cancel), Attacked))
    {
        Defaults = ModelKinds.With((Known.Ridge, "500")),
    };

    public static readonly ModelKind PureSvd = new(
        "puresvd", "Truncated singular value decomposition", "Cremonesi, Koren and Turrin 2010", Needs,
        Learning.Fitted(
            making => Bulwark.Models.Linear.PureSvd.Model(making.Train.UserCount, making.Train.ItemCount, Svd(making)),
            (model, making, job) => Bulwark.Models.Linear.PureSvd.Fit(model, making.Train, Svd(making), new Rng(job.Seed), job.Cancel), Attacked))
    {
        Defaults = ModelKinds.With((Known.Dimension, "50")),
    };

    public static readonly ModelKind Ials = new(
        "ials", "Implicit alternating least squares", "Hu, Koren and Volinsky 2008; Rendle et al. 2022", Needs,
        Learning.Fitted(
            making => ImplicitAls.Model(making.Train.UserCount, making.Train.ItemCount, Als(making)),
            (model, making, job) => ImplicitAls.Fit(
                model, making.Train, Als(making), new Rng(job.Seed), job.Rounds(Als(making).Iterations), job.Cancel), Attacked))
    {
        Defaults = ModelKinds.With((Known.Ridge, "0.007")),
    };

    public static readonly ModelKind GfCf = Filter("gf-cf", "A filter of histories over the graph of items", "Shen et al. 2021, GF-CF", 0.3f, 0);

    public static readonly ModelKind Bspm = Filter("bspm", "The same, sharpened again afterwards", "Choi et al. 2023, BSPM", 0.2f, 2.5f);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [ItemKnn, UserKnn, P3Alpha, Rp3, Ease, PureSvd, Ials, GfCf, Bspm];

    private static ModelKind Neighbors(string name, string summary, string paper, Func<Making, CancellationToken, IRecommender> make) =>
        new(name, summary, paper, Needs, null) { Remembers = make };

    private static ModelKind Filter(string name, string summary, string paper, float ideal, float sharpening)
    {
        var learning = Learning.Fitted(
            making => new BagModel(new GraphFilter(making.Train, new(making.Settings.Get(Known.Dimension), ideal, sharpening)), making.Train.ByUser),
            (model, _, job) => ((GraphFilter)model.Encoder).Fit(new Rng(job.Seed), job.Cancel),
            (model, making, rng) => Hardening.AttackedLoss(
                new BagSource(making.Train, making.Train.UserCount, rng.Fork("attacked")), BagObjectives.Multinomial(model.Encoder)));
        return new(name, summary, paper, Needs, learning) { Defaults = ModelKinds.With((Known.Dimension, "256")) };
    }

    private static int Nearest(Making making) => making.Settings.Get(Known.Neighbors);

    private static NeighborOptions Similar(Making making) => new(
        Nearest(making), (float)making.Settings.Get(Known.Shrinkage), making.Settings.Get(Known.Similarity), making.Settings.Get(Known.Weighting),
        (float)making.Settings.Get(Known.Asymmetry));

    private static float Alpha(Making making) => (float)making.Settings.Get(Known.Alpha);

    private static float Ridge(Making making) => (float)making.Settings.Get(Known.Ridge);

    private static PureSvdOptions Svd(Making making) => new(making.Settings.Get(Known.Dimension));

    private static ImplicitAlsOptions Als(Making making) =>
        new(making.Settings.Get(Known.Dimension), making.Settings.Get(Known.Iterations), (float)making.Settings.Get(Known.UnseenWeight), Ridge(making));

    /// <summary>They have no loss over pairs of items of their own: an attacker turns the ranking of what was touched against what was not.</summary>
    private static Loss Attacked(IPairModel model, Making making, Rng rng) => Hardening.AttackedLoss(making.Train, Objectives.Bpr(model), rng);
}
