using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Ratings of ML-100K by matrix factorization with biases, 5-fold cross-validation, against the table of Surprise's SVD. Settings and epochs
/// were chosen on a tenth of each fold's training part, which <c>--validate</c> measures; test folds are measured after training on all of it.
/// </summary>
internal static class RatingsReproduction
{
    private const ulong Seed = 1;
    private const float Decay = 0.07f;
    private const int Folds = 5, Epochs = 40, Batch = 8;
    private static readonly Sgd Rule = new(0.01f);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var start = Stopwatch.GetTimestamp();
        var ratings = DatasetReader.Open(Path.Combine(DataFolder.Find(options, "ml-100k"), "u.data")).Interactions;
        var validation = options.Has("validate");
        var (rmse, mae) = (new double[Folds], new double[Folds]);
        foreach (var (fold, split) in Splits.KFold(ratings, Folds, new Rng(Seed)).Index())
        {
            var (train, test) = validation ? Inner(split.Train) : (split.Train, split.Test);
            var predicted = Predict(train, test, new Rng(Seed).Fork(fold));
            (rmse[fold], mae[fold]) = (RatingMetrics.Rmse(predicted, test.Value), RatingMetrics.Mae(predicted, test.Value));
        }
        var settings = $"d 64, biases, {Rule}, batch {Batch}, L2 {Decay}, {Epochs} epochs, mean of {Folds} folds, clipped to [1, 5]";
        Print("rmse", rmse, 0.9355);
        Print("mae", mae, 0.7375);
        return 0;

        void Print(string metric, double[] values, double published) => new Figure(
            "ml-100k", "mf-biases", settings, Seed, validation ? "validation" : "test", metric, values.Average(), published, Figure.Since(start)).Print();
    }

    private static (Interactions Train, Interactions Validation) Inner(Interactions train)
    {
        var inner = Splits.KFold(train, 10, new Rng(Seed).Fork("validation"))[0];
        return (inner.Train, inner.Test);
    }

    private static float[] Predict(Interactions train, Interactions test, Rng rng)
    {
        var model = new MatrixFactorization(train.UserCount, train.ItemCount, new(Biases: true, Mean: Mean(train)));
        var trainer = new Trainer<LabeledPairs>(
            new RatingSource(train, Batch, rng.Fork("batches")), [new("mf", Epochs, Objectives.SquaredError(model))],
            new() { Rule = Rule, L2 = Decay, Ahead = false });         // a batch this small is drawn faster than it is handed over
        var trained = trainer.Run(model.Start(rng.Fork("start")), rng).At;
        using var scope = Scope.Open();
        return model.Score(trained, new Ids(test.User), new Ids(test.Item)).Clamp(1, 5).Values.ToArray();
    }

    private static float Mean(Interactions train)
    {
        var sum = 0.0;
        foreach (var rating in train.Value) sum += rating;
        return (float)(sum / train.Count);
    }
}
