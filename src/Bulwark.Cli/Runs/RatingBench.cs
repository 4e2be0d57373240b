using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>How well a model predicts ratings.</summary>
internal static class RatingBench
{
    private const int Block = 65_536;

    /// <summary>RMSE and MAE on the test part; predictions are kept within the range of the training ratings.</summary>
    public static IEnumerable<ReportRow> Rows(string name, IModel model, Point at, Split split)
    {
        var (low, high) = (split.Train.Value.ToArray().Min(), split.Train.Value.ToArray().Max());
        var predicted = new float[split.Test.Count];
        for (var first = 0; first < predicted.Length; first += Block)
        {
            using var scope = Scope.Open();
            var count = Math.Min(Block, predicted.Length - first);
            var scores = ((IPairModel)model).Score(at, new Ids(split.Test.User.Slice(first, count)), new Ids(split.Test.Item.Slice(first, count))).Values;
            for (var b = 0; b < count; b++) predicted[first + b] = Math.Clamp(scores[b], low, high);
        }
        yield return new(name, "none", 0, "rmse", RatingMetrics.Rmse(predicted, split.Test.Value));
        yield return new(name, "none", 0, "mae", RatingMetrics.Mae(predicted, split.Test.Value));
    }

    /// <summary>The mean of the ratings.</summary>
    public static float Mean(Interactions train)
    {
        var sum = 0.0;
        foreach (var value in train.Value) sum += value;
        return (float)(sum / train.Count);
    }
}
