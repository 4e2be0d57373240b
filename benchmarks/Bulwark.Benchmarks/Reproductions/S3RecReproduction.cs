using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Recurrent;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Beauty and LastFM as in S3-Rec (Zhou et al. 2020): the last item of each user for testing, the one before for validation, all items that the user
/// has not touched ranked. Models stop early by NDCG@10 on the validation items, and are tested with histories that hold those. Settings were chosen
/// by <c>--validate</c>, which stops before the test part is looked at.
/// </summary>
internal static class S3RecReproduction
{
    private static readonly Metric Main = RankingMetrics.Ndcg(10);
    private static readonly Metric[] Metrics = [RankingMetrics.HitRate(10), Main];

    /// <summary>Published figures by data and model.</summary>
    private static readonly Dictionary<(string, string), (double HitRate, double Gain)> Published = new()
    {
        [("Beauty", "gru4rec")] = (0.0283, 0.0137), [("LastFM", "gru4rec")] = (0.0367, 0.0187),
        [("Beauty", "caser")] = (0.0347, 0.0176), [("LastFM", "caser")] = (0.0413, 0.0214),
        [("Beauty", "sasrec")] = (0.0605, 0.0318), [("LastFM", "sasrec")] = (0.0688, 0.0390),
        [("Beauty", "bert4rec")] = (0.0347, 0.0170), [("LastFM", "bert4rec")] = (0.0633, 0.0337),
    };

    /// <summary>How a model is trained.</summary>
    private sealed record Recipe(
        ISequenceEncoder Encoder, Func<Interactions, Rng, IBatchSource<SequenceBatch>> Source, Objective<SequenceBatch> Objective, UpdateRule Rule,
        string Settings);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (set, name) = (options.Text("dataset") ?? "LastFM", options.Text("model") ?? "sasrec");
        var all = DatasetReader.Open(Path.Combine(DataFolder.Find(options, "s3rec"), $"{set}.txt"), new(InputFormat.Sequences)).Interactions;
        var known = Splits.LeaveLastOut(all);
        foreach (var seed in options.Seeds())
        {
            var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
            var (train, held) = Splits.Validation(known.Train, Holdout.LastPerUser, rng);
            var recipe = Make(name, all, options);
            var (model, validation) = (new SequenceModel(recipe.Encoder, train.ByUser), new RankingTask(train, held));
            var training = new TrainingOptions
            {
                Rule = recipe.Rule, ClipNorm = options.Float("clip", float.PositiveInfinity), L2 = options.Float("l2", 0), ValidateEvery = 1,
                Patience = options.Int("patience", 10), Ahead = Team.Threads > 1,
                Averaging = options.Has("mean") ? new(options.Int("mean", 0), options.Float("forget", 1)) : null,
            };
            var trainer = new Trainer<SequenceBatch>(
                recipe.Source(train, rng.Fork("batches")), [new(name, options.Int("epochs", 200), recipe.Objective)], training);
            var best = trainer.Run(model.Start(rng.Fork("start")), rng, at => Judge(validation, model, at)[Main.Name], new EpochLines());
            var settings = $"{recipe.Settings}, {recipe.Rule}, best of {best.Curve.Count} epochs: {best.BestEpoch}";
            Print("validation", Judge(validation, model, best.At));
            if (!options.Has("validate"))
                Print("test", Judge(new RankingTask(known.Train, known.Test), model.Knowing(known.Train.ByUser), best.At));

            void Print(string part, RankingResult result)
            {
                var published = part == "test" && Published.TryGetValue((set, name), out var p) ? p : ((double HitRate, double Gain)?)null;
                new Figure($"s3rec {set}", name, settings, seed, part, Metrics[0].Name, result[Metrics[0].Name], published?.HitRate, Figure.Since(start)).Print();
                new Figure($"s3rec {set}", name, settings, seed, part, Metrics[1].Name, result[Metrics[1].Name], published?.Gain, Figure.Since(start)).Print();
            }
        }
        return 0;
    }

    private static RankingResult Judge(RankingTask task, IModel model, Point at) => task.Judge(new PointRecommender(model, at, task.Popularity), Metrics);

    private static Recipe Make(string name, Interactions all, Arguments options)
    {
        var (d, length, batch, drawn) = (options.Int("dimension", 64), options.Int("length", 50), options.Int("batch", 256), options.Int("drawn", 1000));
        var (dropout, rule) = (options.Float("dropout", 0.5f), new Adam(options.Float("rate", 0.001f)));
        var loss = options.Text("loss") ?? "sampled";
        ISequenceEncoder model = name switch
        {
            "sasrec" => new SasRec(all.ItemCount, new(d, options.Int("blocks", 2), options.Int("heads", 1), length, dropout)),
            "bert4rec" => new Bert4Rec(all.ItemCount, new(d, options.Int("blocks", 2), options.Int("heads", 2), length, dropout)),
            "gru4rec" => new Gru4Rec(all.ItemCount, new(d, length, dropout)),
            "caser" => new Caser(all.UserCount, all.ItemCount, new(d, Dropout: dropout, Length: length)),
            _ => throw new ArgumentException($"There is no model '{name}': name sasrec, bert4rec, gru4rec or caser."),
        };
        var objective = loss switch
        {
            "binary" => SequenceObjectives.Binary(model),
            "sampled" => SequenceObjectives.SampledCrossEntropy(model),
            "full" => SequenceObjectives.CrossEntropy(model),
            "bpr-max" => SequenceObjectives.BprMax(model, options.Float("decay", 1)),
            _ => throw new ArgumentException($"There is no loss '{loss}': name binary, sampled, full or bpr-max."),
        };
        var (negatives, shared) = (loss == "binary" ? options.Int("negatives", 1) : 0, loss is "sampled" or "bpr-max" ? drawn : 0);
        var (hidden, last) = (options.Float("hidden", 0.2f), options.Float("last", 0.1f));
        Func<Interactions, Rng, IBatchSource<SequenceBatch>> source = model.Cloze
            ? (train, rng) => new ClozeSource(train, length, batch, rng, hidden, last, shared)
            : (train, rng) => new NextItemSource(train, length, batch, rng, negatives, shared);
        return new(model, source, objective, rule, $"d {d}, L {length}, dropout {dropout}, batch {batch}, {loss} loss, {negatives + shared} drawn");
    }
}
