using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Content;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Factorization;
using Bulwark.Models.Fields;
using Bulwark.Models.Graph;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models;

/// <summary>A trained recommender, with its formula and values where it has any.</summary>
public sealed record Trained(IRecommender Recommender, IModel? Model = null, Point? At = null)
{
    /// <summary>The slope of the loss it was trained with, two ways: see <see cref="LossSlope"/>. Null where there was none.</summary>
    public Func<Point, (double Gradient, double Difference, double Noise)>? Slopes { get; init; }
}

/// <summary>A way to get a recommender, for the contract that all of them keep.</summary>
/// <param name="Name">Its name in test lists.</param>
/// <param name="Train">Trains for so many steps.</param>
/// <param name="Steps">How many are enough for <see cref="Blocks"/>.</param>
/// <param name="Personal">Whether it ranks differently for different users.</param>
/// <param name="FoldsIn">Whether it can rank for a history of someone unknown to training.</param>
/// <param name="Learns">Whether it learns from interactions what goes together, and so needs two items.</param>
/// <param name="Formula">Whether it is a formula at a point.</param>
/// <param name="Next">Whether it tells what comes next rather than what goes together: <see cref="SequenceModelTests"/> has a world for those.</param>
/// <param name="NewItems">Whether it scores an item that nobody has touched by what is said of it.</param>
/// <param name="ShopSteps">How many steps are enough for the generated shop; 0 where so small a shop teaches it too little.</param>
public sealed record ModelCase(
    string Name, Func<Interactions, int, Trained> Train, int Steps, bool Personal = true, bool FoldsIn = false, bool Learns = true, bool Formula = true,
    bool Next = false, bool NewItems = false, int ShopSteps = 1500)
{
    private const int Batch = 64;

    /// <summary>How it is trained for the generated shop, where that is not as elsewhere.</summary>
    public Func<Interactions, Trained>? InShop { get; init; }

    /// <summary>Every model, with every objective that it is trained with.</summary>
    public static IReadOnlyList<ModelCase> All { get; } =
    [
        new("popularity", (train, _) => new Trained(PopularityOf(train)), 0, Personal: false, Learns: false, Formula: false),
        new("matrix factorization, BPR", (train, steps) => Bpr(Factors(train, new(8)), train, steps, new Adagrad(0.1f)), 400, FoldsIn: true),
        new("matrix factorization with biases, BPR",
            (train, steps) => Bpr(Factors(train, new(8, Biases: true)), train, steps, new Adam(0.02f)), 400, FoldsIn: true),
        new("matrix factorization with biases, clicks",
            (train, steps) => Clicks(Factors(train, new(2, Biases: true, Mean: 0.5f, Deviation: 0.1f)), Objectives.SquaredError, train, steps, new Adam(0.02f)),
            200, FoldsIn: true),
        new("neural matrix factorization, clicks", (train, steps) => Clicks(Neural(train), Objectives.LogLoss, train, steps, new Adam(0.01f)), 150),
        new("neural matrix factorization, BPR", (train, steps) => Bpr(Neural(train, 0.1f), train, steps, new Adam(0.01f)), 200),
        new("cosine factorization, contrastive", (train, steps) => Contrastive(Factors(train, new(8, Deviation: 0.1f)), train, steps), 200, FoldsIn: true),
        new("LightGCN, BPR", (train, steps) => Bpr(Graph(train), train, steps, new Adam(0.02f)), 200, FoldsIn: true, ShopSteps: 400),
        new("LightGCN, contrastive", (train, steps) => Contrastive(Graph(train), train, steps), 100, FoldsIn: true, ShopSteps: 400),
        new("ItemKNN", (train, _) => new Trained(ItemKnn.Fit(train, new(30, 10))), 0, FoldsIn: true, Formula: false),
        new("UserKNN", (train, _) => new Trained(new UserKnn(train, new(30))), 0, FoldsIn: true, Formula: false),
        new("P3α", (train, _) => new Trained(Rp3Beta.Fit(train, new(50, 1, 0))), 0, FoldsIn: true, Formula: false),
        new("RP3β", (train, _) => new Trained(Rp3Beta.Fit(train, new(50, 1, 0.3f))), 0, FoldsIn: true, Formula: false),
        new("blend of normalized scores", (train, _) => Blended(train, ScoreScales.Standard), 0, FoldsIn: true, Formula: false),
        new("blend of reciprocal ranks", (train, _) => Blended(train, ScoreScales.ReciprocalRank()), 0, FoldsIn: true, Formula: false),
        new("stack", (train, _) => Stacked(train), 0, FoldsIn: true, Formula: false),
        new("bagging of users", (train, _) => Bagged(train), 0, FoldsIn: true, Formula: false),
        new("EASE", (train, _) => Closed(new Ease(train, new(100)), model => model.Fit(), train), 0, FoldsIn: true),
        new("EASE, BPR", (train, steps) => Bpr(new Ease(train, new()), train, steps, new Adagrad(0.05f)), 200, FoldsIn: true),
        new("PureSVD", (train, _) => Singular(train, new(2)), 0, FoldsIn: true),
        new("implicit ALS", (train, _) => Alternating(train, new(8, 8, 0.2f, 0.03f)), 0, FoldsIn: true),
        new("implicit ALS, conjugate gradients", (train, _) => Alternating(train, new(8, 12, 0.2f, 0.03f, GradientSteps: 3)), 0, FoldsIn: true),
        new("GF-CF", (train, _) => Filtered(train, new(2)), 0, FoldsIn: true),
        new("GF-CF, sharpened", (train, _) => Filtered(train, new(2, 0.2f, 1)), 0, FoldsIn: true),
        new("Mult-DAE", (train, steps) => Dae(train, steps), 60, FoldsIn: true, ShopSteps: 300),
        new("Mult-VAE", (train, steps) => Vae(train, steps), 60, FoldsIn: true, ShopSteps: 300),
        .. SequenceCase.All.Select(@case => new ModelCase(
            @case.Name, (train, steps) => @case.Train(train, steps, 10), 150, FoldsIn: true, Next: true, ShopSteps: @case.Shop.Steps)
        {
            InShop = train => @case.Train(train, @case.Shop.Steps, @case.Shop.Length, @case.Shop.Rate),
        }),
        new("content, cosine of TF-IDF",
            (train, _) => new Trained(ContentRecommender.Cosine(train, ItemFacts.TfIdf(train))), 0, FoldsIn: true, NewItems: true, Learns: false, Formula: false),
        new("content, BM25", (train, _) => new Trained(ItemFacts.Bm25(train)), 0, FoldsIn: true, NewItems: true, Learns: false, Formula: false),
        new("content, attributes",
            (train, _) => new Trained(new AttributeRecommender(train, ItemFacts.Alike(train))), 0, FoldsIn: true, NewItems: true, Learns: false, Formula: false),
        new("content, dense features", (train, _) => Fixed(new ContentModel(train, ItemFacts.TfIdf(train).ToTensor()), train), 0, FoldsIn: true, NewItems: true, Learns: false),
        new("VBPR", (train, steps) => Bpr(Visual(train, 0), train, steps, new Adagrad(0.1f)), 200, NewItems: true, FoldsIn: true),
        new("VBPR with shrinkage", (train, steps) => Bpr(Visual(train, 5), train, steps, new Adam(0.02f)), 100, NewItems: true, FoldsIn: true),
        new("item tower of texts", (train, steps) => Bpr(TextTower(train, 0), train, steps, new Adam(0.01f)), 60, NewItems: true, FoldsIn: true, ShopSteps: 300),
        new("item tower of texts beside own rows",
            (train, steps) => Bpr(TextTower(train, 4), train, steps, new Adam(0.01f)), 60, NewItems: true, FoldsIn: true, ShopSteps: 300),
        new("item tower of pictures",
            (train, steps) => Bpr(PictureTower(train), train, steps, new Adam(0.01f)), 60, NewItems: true, FoldsIn: true, ShopSteps: 600),
        new("factorization machine, BPR", (train, steps) => Bpr(Machine(train), train, steps, new Adagrad(0.1f)), 400, FoldsIn: true),
        new("factorization machine, clicks", (train, steps) => Clicks(Machine(train), Objectives.LogLoss, train, steps, new Adam(0.02f)), 200, FoldsIn: true),
        new("MLP over fields, clicks", (train, steps) => Fields(train, shape => new FieldMlp(shape, Narrow), steps), 300),
        new("DeepFM, clicks", (train, steps) => Fields(train, shape => new DeepFm(shape, Narrow), steps), 200),
        new("wide and deep, clicks", (train, steps) => Fields(train, shape => new WideAndDeep(shape, Narrow), steps), 300),
        new("DCN-v2, clicks", (train, steps) => Fields(train, shape => new DcnV2(shape, 2, Narrow), steps), 200),
        new("two towers, BPR", (train, steps) => Bpr(Towers(train), train, steps, new Adam(0.01f)), 100, FoldsIn: true),
        new("two towers, cosine, sampled softmax", (train, steps) => Softmax(new CosineModel(Towers(train)), train, steps), 100, FoldsIn: true),
    ];

    public override string ToString() => Name;

    private static IRowModel Factors(Interactions train, MatrixFactorizationOptions options) =>
        new MatrixFactorization(train.UserCount, train.ItemCount, options);

    private static IRowModel Graph(Interactions train) => new LightGcn(train, new(2, 8));

    private static IPairModel Neural(Interactions train, float dropout = 0) => new NeuMf(train.UserCount, train.ItemCount, new NeuMfOptions(4, dropout));

    private static IPairModel Visual(Interactions train, float shrink) =>
        new Vbpr(train.UserCount, ItemFacts.TfIdf(train).ToTensor(), train.ItemCounts(), new(4, 4, Shrink: shrink));

    private static ItemTower TextTower(Interactions train, int own)
    {
        var texts = ItemFacts.Texts(train);
        return new(train, new TextItems(ItemFacts.Encoder(texts), texts), new(own, 8, 0.1f));
    }

    private static ItemTower PictureTower(Interactions train)
    {
        var pictures = ItemFacts.Pictures(train);
        var encoder = new ImageEncoder((pictures.Shape[1], pictures.Shape[2], pictures.Shape[3]), new(16, 0, (8, new(3, 3, 2, 1))));
        return new(train, new PictureItems(encoder, pictures), new(4, 8, 0.1f));
    }

    private static FactorizationModel Machine(Interactions train) => new(UserFields(train), ItemFields(train), 4);

    private static TwoTowers Towers(Interactions train) => new(UserFields(train), ItemFields(train), 4, new(8, 0, 0.02f, 16));

    private static Trained Fields(Interactions train, Func<FieldShape, IFieldScorer> formula, int steps) =>
        Clicks(new FieldModel(UserFields(train), ItemFields(train), formula), Objectives.LogLoss, train, steps, new Adam(0.01f));

    private static DeepOptions Narrow => new(8, 0, 0.1f, 16);

    private static FieldTable UserFields(Interactions train) => FieldTable.OfIds("user", train.UserCount);

    private static FieldTable ItemFields(Interactions train) => FieldTable.OfIds("item", train.ItemCounts());

    private static Trained Blended(Interactions train, ScoreScale scale) =>
        new(new Blend([new(PopularityOf(train), 0.1f), new(ItemKnn.Fit(train, new(30, 10))), new(Rp3Beta.Fit(train, new(50)), 0.5f)], scale));

    /// <summary>Weights are learned on the last item of each user.</summary>
    private static Trained Stacked(Interactions train)
    {
        IRecommender[] Members(Interactions part) => [ItemKnn.Fit(part, new(30, 10)), Rp3Beta.Fit(part, new(50))];
        var members = Members(train);
        var (rest, held) = Splits.Validation(train, Holdout.LastPerUser, new Rng(2));
        var weights = Stacking.Fit(Members(rest), ScoreScales.Standard, rest, held, new(), new Rng(3)).Weights;
        return new(new Stack(members, ScoreScales.Standard, train, weights));
    }

    private static Trained Bagged(Interactions train) => new(new Bagging(
        [.. Enumerable.Range(0, 5).Select(bag => Bagging.Sample(train, 0.7, new Rng(4).Fork(bag))).Select(some => new Bag(ItemKnn.Fit(some, new(30)), some.ByUser))],
        train, ScoreScales.Standard));

    private static Trained Fixed(IPairModel model, Interactions train)
    {
        var at = model.Start(new Rng(3));
        return new Trained(new PointRecommender(model, at, PopularityOf(train)), model, at);
    }

    private static Trained Bpr(IPairModel model, Interactions train, int steps, UpdateRule rule) =>
        Run(model, Objectives.Bpr(model), new TripleSource(train, Batch, new Rng(2)), train, steps, rule);

    private static Trained Contrastive(IRowModel rows, Interactions train, int steps)
    {
        var (model, source) = (new CosineModel(rows), new ContrastiveSource(train, Batch, 16, new Rng(2)));
        return Run(model, Objectives.Contrastive(model, 0.3f, 5), source, train, steps, new Adam(0.02f));
    }

    private static Trained Softmax(IRowModel model, Interactions train, int steps) =>
        Run(model, Objectives.SampledSoftmax(model, 0.3f), new ContrastiveSource(train, Batch, 16, new Rng(2)), train, steps, new Adam(0.02f));

    private static Trained Clicks(
        IPairModel model, Func<IPairModel, Objective<LabeledPairs>> objective, Interactions train, int steps, UpdateRule rule) =>
        Run(model, objective(model), new ClickSource(train, Batch, 2, new Rng(2)), train, steps, rule);

    private static Trained Dae(Interactions train, int steps)
    {
        var dae = new MultDae(train.ItemCount, Small);
        return Run(new BagModel(dae, train.ByUser), BagObjectives.Multinomial(dae), new BagSource(train, Batch, new Rng(2)), train, steps, new Adam(0.01f));
    }

    private static Trained Vae(Interactions train, int steps)
    {
        var vae = new MultVae(train.ItemCount, Small);
        var objective = BagObjectives.Variational(vae, BagObjectives.Annealed(0.2f, 200));
        return Run(new BagModel(vae, train.ByUser), objective, new BagSource(train, Batch, new Rng(2)), train, steps, new Adam(0.01f));
    }

    private static AutoencoderOptions Small { get; } = new(8, 16);

    private static Trained Singular(Interactions train, PureSvdOptions options) =>
        Closed(PureSvd.Model(train.UserCount, train.ItemCount, options), model => PureSvd.Fit(model, train, options, new Rng(3)), train);

    private static Trained Filtered(Interactions train, GraphFilterOptions options)
    {
        var filter = new GraphFilter(train, options);
        return Closed(new BagModel(filter, train.ByUser), _ => filter.Fit(new Rng(3)), train);
    }

    private static Trained Alternating(Interactions train, ImplicitAlsOptions options) =>
        Closed(ImplicitAls.Model(train.UserCount, train.ItemCount, options), model => ImplicitAls.Fit(model, train, options, new Rng(3)), train);

    private static Trained Closed<TModel>(TModel model, Func<TModel, Point> fit, Interactions train) where TModel : IModel
    {
        var at = fit(model);
        return new Trained(new PointRecommender(model, at, PopularityOf(train)), model, at);
    }

    private static Trained Run<TBatch>(
        IModel model, Objective<TBatch> objective, IBatchSource<TBatch> source, Interactions train, int steps, UpdateRule rule) where TBatch : IBatch
    {
        var epochs = Math.Max(1, steps / source.StepsPerEpoch);
        var trainer = new Trainer<TBatch>(source, [new("all", epochs, objective)], new TrainingOptions { Rule = rule, Ahead = false });
        var at = trainer.Run(model.Start(new Rng(3)), new Rng(4)).At;
        return new Trained(new PointRecommender(model, at, PopularityOf(train)), model, at) { Slopes = LossSlope.Of(objective, source) };
    }

    private static Popularity PopularityOf(Interactions train) => new(train.UserCount, train.ItemCounts());
}
