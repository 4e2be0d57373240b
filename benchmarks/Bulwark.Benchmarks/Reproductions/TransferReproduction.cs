using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// What a model trained on other users saves on ML-100K: half of the users teach a model; of the other half 5, 10 and 25% are the small data, whose last item
/// each is to be found among all. Trained from nothing, from the other model's item rows and body, and with those frozen; each with early stopping on the last
/// item but one. Means over the seeds stand at the end. <c>--model name</c> takes one of bpr and sasrec.
/// </summary>
internal static class TransferReproduction
{
    private const int Length = 50, Drawn = 256, Patience = 10;
    private static readonly Metric Ndcg = RankingMetrics.Ndcg(10);

    /// <summary>A model with its batches and objective, for some interactions.</summary>
    private sealed record Way<TBatch>(string Name, Func<Interactions, IModel> Model, Func<IModel, Interactions, Rng, IBatchSource<TBatch>> Source,
        Func<IModel, Objective<TBatch>> Objective, UpdateRule Rule) where TBatch : IBatch;

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var all = DatasetReader.Open(DataFolder.Find(options, "ml-100k")).Interactions.DistinctPairs();
        var only = options.Text("model");
        var bpr = new Way<Triples>(
            "bpr", train => new MatrixFactorization(train.UserCount, train.ItemCount, new(32)),
            (_, train, rng) => new TripleSource(train, 256, rng), model => Objectives.Bpr((IPairModel)model), new Adagrad(0.05f));
        var sasrec = new Way<SequenceBatch>(
            "sasrec", train => new SequenceModel(new SasRec(train.ItemCount, new(32, Length: Length, Dropout: 0.2f)), train.ByUser),
            (_, train, rng) => new NextItemSource(train, Length, 32, rng, 0, Drawn), model => SequenceObjectives.SampledCrossEntropy(((SequenceModel)model).Encoder),
            new Adam(0.001f));
        var found = new OrderedDictionary<string, List<double>>();
        foreach (var seed in options.Seeds())
        {
            if (only is null or "bpr") Compare(all, bpr, options.Int("epochs", 100), seed, Note);
            if (only is null or "sasrec") Compare(all, sasrec, options.Int("epochs", 100), seed, Note);
        }
        foreach (var (what, values) in found) Console.WriteLine($"{what}: {Ndcg.Name} {Spread.Of([.. values])}");
        return 0;

        void Note(string what, double value)
        {
            if (found.TryGetValue(what, out var values)) values.Add(value);
            else found.Add(what, [value]);
        }
    }

    private static void Compare<TBatch>(Interactions all, Way<TBatch> way, int epochs, ulong seed, Action<string, double> note) where TBatch : IBatch
    {
        var (rng, users) = (new Rng(seed), Enumerable.Range(0, all.UserCount).ToArray());
        rng.Fork("users").Shuffle(users.AsSpan());
        var half = users.Length / 2;
        var (teachers, learners) = (users[..half], users[half..]);
        var first = Trained(way, Splits.LeaveLastOut(Of(teachers)), null, false, epochs, rng.Fork("teacher"));
        var values = first.At.Variables.ToArray().ToDictionary(variable => variable.Name, variable => first.At[variable]);
        var (strangers, items) = (new RowsFrom([.. users.Select(_ => -1)], users.Length), RowsFrom.Shared(all.Items.Ids, all.Items.Ids));
        foreach (var share in new[] { 0.05, 0.1, 0.25 })
        {
            var split = Splits.LeaveLastOut(Of(learners[..(int)Math.Round(share * learners.Length)]));
            foreach (var (name, from, frozen) in new[] { ("from nothing", false, false), ("fine-tuned", true, false), ("frozen", true, true) })
            {
                var start = Stopwatch.GetTimestamp();
                var (model, at, found) = Trained(way, split, from ? own => Transfer.Of(own, values, strangers, items) : null, frozen, epochs, rng.Fork("learner"));
                var task = new RankingTask(split.Train, split.Test);
                var tested = model is IHistoryModel history ? history.Knowing(split.Train.ByUser) : model;
                var value = task.Judge(new PointRecommender(tested, at, task.Popularity), [Ndcg])[Ndcg.Name];
                var words = string.Create(CultureInfo.InvariantCulture, $"{name}, {share * 100}% of the users");
                new Figure("transfer", way.Name, $"{words}, best after {found} epochs", seed, "test", Ndcg.Name, value, null, Figure.Since(start)).Print();
                note($"{way.Name}, {words}", value);
            }
        }

        Interactions Of(int[] some)
        {
            var takes = some.ToHashSet();
            return all.Select([.. Enumerable.Range(0, all.Count).Where(row => takes.Contains(all.User[row]))]);
        }
    }

    private static (IModel Model, Point At, int Epoch) Trained<TBatch>(
        Way<TBatch> way, Split split, Func<Point, Transfer>? from, bool frozen, int epochs, Rng rng) where TBatch : IBatch
    {
        var (train, held) = Splits.Validation(split.Train, Holdout.LastPerUser, rng);
        var (model, validation) = (way.Model(train), new RankingTask(train, held));
        var (start, objective) = (model.Start(rng.Fork("start")), way.Objective(model));
        if (from?.Invoke(start) is { } transfer) (start, objective) = (transfer.At, frozen ? objective.Freezing(transfer.Kept) : objective);
        var trainer = new Trainer<TBatch>(way.Source(model, train, rng.Fork("batches")), [new("all", epochs, objective)], new()
        {
            Rule = way.Rule,
            Patience = Patience,
            ValidateEvery = 1,
        });
        var result = trainer.Run(start, rng, at => validation.Judge(new PointRecommender(model, at, validation.Popularity), [Ndcg])[Ndcg.Name]);
        return (model, result.At, result.BestEpoch);
    }
}
