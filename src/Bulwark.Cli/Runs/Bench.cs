using System.Globalization;
using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Defenses.Detection;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>Data, split and what is measured: what models are put on.</summary>
internal sealed class Bench
{
    private const int ValidationCutoff = 10;
    private readonly RankingTask? _validation;
    private readonly RatingTask? _ratingValidation;

    private Bench(LoadedData data, Split split, Interactions train, Interactions? held, IReadOnlyList<Metric> metrics, bool ratings)
    {
        (Data, Split, Train, Held, Metrics) = (data, split, train, held, metrics);
        if (ratings) Ratings = new RatingTask(split.Train, split.Test);
        _validation = held is null ? null : new RankingTask(train, held);
        _ratingValidation = held is null || !ratings ? null : new RatingTask(train, held);
        Profile = DatasetProfile.Of(data.Dataset);
        Task = new RankingTask(split.Train, split.Test);
        Sampled = split.Negatives is { } negatives ? new RankingTask(split.Train, split.Test, negatives) : null;
    }

    public LoadedData Data { get; }

    public DatasetProfile Profile { get; }

    public Split Split { get; }

    /// <summary>What models learn from: the training part without what is kept for validation.</summary>
    public Interactions Train { get; }

    /// <summary>What is kept for validation; null if none is wanted.</summary>
    public Interactions? Held { get; }

    /// <summary>Full ranking of the test part.</summary>
    public RankingTask Task { get; }

    /// <summary>Prediction of the ratings of the test part; null for a model of rankings.</summary>
    public RatingTask? Ratings { get; }

    /// <summary>The protocol with given negatives, where the data bring them.</summary>
    public RankingTask? Sampled { get; }

    /// <summary>The metrics, the main one first.</summary>
    public IReadOnlyList<Metric> Metrics { get; }

    /// <summary>Whether validation is wanted.</summary>
    public bool HasValidation => _validation is not null;

    /// <summary>How models are judged, in words.</summary>
    public string Protocol => Ratings is { } ratings
        ? string.Create(CultureInfo.InvariantCulture, $"{Split.Test.Count:N0} ratings of the test part are predicted, and errors are those of predictions within ") +
            string.Create(CultureInfo.InvariantCulture, $"the range of the training ratings; a rating of at least {ratings.Like:G4} is a like.")
        :
        $"Full ranking of all {Split.Train.ItemCount:N0} items without those of training; ties count against the model; {TestUsers:N0} users have test items." +
        (Sampled is null ? "" : " Metrics marked sampled rank each test item among the given negatives alone: for comparison with papers that do so.");

    private int TestUsers => Enumerable.Range(0, Split.Test.UserCount).Count(user => Split.Test.ByUser.Items(user).Length > 0);

    /// <summary>Reads or generates the data, splits them and settles what is measured; validation is carved where patience is set or it is asked for.</summary>
    /// <exception cref="UsageException">A cutoff is above the number of items.</exception>
    /// <exception cref="DataException">There is nothing to rank, or nothing that the model could learn from.</exception>
    public static Bench From(Resolved settings, ModelKind kind, CancellationToken cancel, bool validate = false)
    {
        var ratings = kind.OfInteractions.PredictsRatings;
        var data = LoadedData.From(settings, cancel);
        if (data.Facts.Contexts.Count > 0 && !kind.ReadsContext)
            throw new UsageException($"{kind} does not read what is known of events; leave --context out, or choose one of {ModelKinds.Named(other => other.ReadsContext)}.");
        if (data.Dataset.Interactions.ItemCount < 2)
            throw new DataException(data.Source, null, "all rows are of one item, which has no other to be ranked against", "give data with at least two items");
        if (kind.ScoresNewItems && settings.Get(Known.MinInteractions) == 1) data = data.WithWholeCatalog();
        var split = data.Split(settings.Get(Known.Split), settings.Get(Known.DataSeed), ratings);
        if (settings.Get(Known.Quarantine) is { Length: > 0 } file)
            split = split with { Train = split.Train.Without(QuarantineFile.Read(file, split.Train.Users)) };
        var items = split.Train.ItemCount;
        var cutoffs = settings.Get(Known.TopK);
        if (cutoffs.Max() > items) throw new UsageException($"--topk {cutoffs.Max()} is more than the {items} items of {data.Source}; use at most {items}.");
        var (train, held) = validate || settings.Get(Known.Patience) > 0 || kind.Ensemble?.Weigh is not null
            ? LoadedData.Named(data.Source, () => Splits.Validation(split.Train, split.Mirror, new Rng(settings.Get(Known.DataSeed))))
            : (split.Train, (Interactions?)null);
        CheckHistories([kind, .. kind.Ensemble is not null && settings.Settings.Contains(Known.Members) ? settings.Get(Known.Members) : []], train, data.Source);
        return new(data, split, train, held, MetricsAt(cutoffs), ratings);
    }

    /// <summary>A model of histories learns from what follows something.</summary>
    private static void CheckHistories(IEnumerable<ModelKind> kinds, Interactions train, string source)
    {
        var longest = Enumerable.Range(0, train.UserCount).Max(user => train.ByUser.Items(user).Length);
        if (kinds.FirstOrDefault(kind => kind.LeastHistory > longest) is { } kind)
            throw new DataException(
                source, null, $"no user has {kind.LeastHistory} events in the training part, and {kind} learns what follows what",
                "give longer histories, keep more of them for training with --split, or choose bpr");
    }

    /// <summary>The same with validation given back to training.</summary>
    public Bench WithoutValidation() => new(Data, Split, Split.Train, null, Metrics, Ratings is not null);

    /// <summary>The number of an item that a user names by its id.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public int Item(string id) => Split.Train.Items.TryGet(id, out var item)
        ? item : throw new UsageException($"There is no item '{id}' in {Data.Source}; give ids as they stand there.");

    /// <summary>What a model of settings is made from: the part to learn from.</summary>
    public Making Making(Resolved settings, ModelKind kind, Status? status = null) =>
        Models.Making.Of(settings, Train, kind) with { Facts = Data.Facts, Encoding = status?.Of("text encoder") };

    /// <summary>A trained model as it is tested: one that looks at histories sees the validation items too.</summary>
    public IModel Tested(IModel model) => model is IHistoryModel history && HasValidation ? history.Knowing(Split.Train.ByUser) : model;

    /// <summary>The main metric: of the test part, of attacks, of comparisons.</summary>
    public string MainMetric => Ratings is null ? Metrics[0].Name : RatingTask.Errors[0];

    /// <summary>The metrics of which less is better.</summary>
    public IReadOnlyList<string> LowerIsBetter => Ratings is null ? [] : RatingTask.Errors;

    /// <summary>A study of attacks on models, by further metrics of rankings too.</summary>
    public Study Study(IReadOnlyList<StudyAttack> attacks, params Metric[] further) =>
        Ratings is { } ratings ? new(ratings, attacks) : new(Task, attacks, [.. Metrics, .. further]);

    /// <summary>The validation figure's name.</summary>
    public string ValidationMetric => Ratings is null ? Ndcg.Name : RatingTask.Errors[0];

    private Metric Ndcg => RankingMetrics.Ndcg(Math.Min(ValidationCutoff, Split.Train.ItemCount));

    /// <summary>The validation figure of a model: of ratings an error, of which less is better.</summary>
    public double Validate(IModel model, Point at) => _ratingValidation is { } ratings
        ? ratings.Judge((IPairModel)model, at)[ValidationMetric] : Validate(Validated(model, at));

    /// <summary>The validation figure of what ranks.</summary>
    public double Validate(IRecommender ranking) => _validation!.Judge(ranking, [Ndcg])[ValidationMetric];

    /// <summary>The validation figure of what ranks, and of its lists the goals beside accuracy.</summary>
    public IReadOnlyList<ReportGoal> ValidateGoals(IRecommender ranking, CancellationToken cancel) => _validation!.Goals(ranking, Ndcg, cancel);

    /// <summary>A trained model as what ranks on validation.</summary>
    public IRecommender Validated(IModel model, Point at) => new PointRecommender(model, at, _validation!.Popularity);

    /// <summary>The weights of a blend that validates best.</summary>
    public float[] Weigh(IReadOnlyList<IRecommender> members, ScoreScale scale, CancellationToken cancel) =>
        BlendSearch.Run(members, scale, _validation!, Ndcg, cancel: cancel).Weights;

    /// <summary>Rows of a recommender that nobody attacks.</summary>
    public IEnumerable<ReportRow> Clean(string name, IRecommender model, CancellationToken cancel) =>
        [.. Task.Judge(model, Metrics, cancel).Means.Select(mean => new ReportRow(name, "none", 0, mean.Key, mean.Value)), .. SampledRows(name, model, cancel)];

    /// <summary>Rows by the given negatives; none where the data bring none.</summary>
    public IEnumerable<ReportRow> SampledRows(string name, IRecommender model, CancellationToken cancel) =>
        Sampled?.Judge(model, Metrics, cancel).Means.Select(mean => new ReportRow(name, "none", 0, $"{mean.Key} (sampled)", mean.Value)) ?? [];

    /// <summary>Recall at 10, or at the first cutoff, is the main metric.</summary>
    private static IReadOnlyList<Metric> MetricsAt(int[] cutoffs) =>
    [
        .. cutoffs.OrderBy(k => k != 10).SelectMany(k => (Metric[])
            [RankingMetrics.Recall(k), RankingMetrics.Ndcg(k), RankingMetrics.HitRate(k), RankingMetrics.Precision(k), RankingMetrics.MeanAveragePrecision(k)]),
        RankingMetrics.ReciprocalRank(), RankingMetrics.Auc(),
    ];
}
