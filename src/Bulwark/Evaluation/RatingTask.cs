using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>
/// A split made ready to judge models of ratings. Errors are those of predictions kept within the range of the training ratings. A rating is a like from
/// three quarters of that range on (4 of 1 to 5), and predictions are also judged by how they tell likes from the rest.
/// </summary>
public sealed class RatingTask
{
    /// <summary>The names of the errors, of which less is better and which have a value for each user; the main one first.</summary>
    public static IReadOnlyList<string> Errors { get; } = ["rmse", "mae"];

    private const int Block = 65_536;
    private const float Liked = 0.75f;                       // of the range
    private readonly Interactions _test;
    private readonly float _low, _high;
    private readonly bool[] _likes;

    /// <summary>Predicts the ratings of one part of a split.</summary>
    /// <param name="train">What models learned from: its ratings give the range.</param>
    /// <param name="test">The ratings to predict.</param>
    /// <exception cref="ArgumentException">One of the parts has no ratings.</exception>
    public RatingTask(Interactions train, Interactions test)
    {
        if (!train.HasValues || !test.HasValues || train.Count == 0 || test.Count == 0) throw new ArgumentException("Ratings are needed in both parts of a split: give rows with values.");
        (_test, _low, _high) = (test, float.PositiveInfinity, float.NegativeInfinity);
        foreach (var value in train.Value) (_low, _high) = (Math.Min(_low, value), Math.Max(_high, value));
        Like = _low + Liked * (_high - _low);
        _likes = RatingMetrics.Labels(test.Value, Like);
    }

    /// <summary>The least rating that is a like.</summary>
    public float Like { get; }

    /// <summary>Judges a model at a point.</summary>
    public RatingResult Judge(IPairModel model, Point at, CancellationToken cancel = default)
    {
        var predicted = Predict(model, at, cancel);
        float[] kept = [.. predicted.Select(rating => Math.Clamp(rating, _low, _high))];
        var likes = Confusion.Of(predicted, Like, _likes);
        var figures = new OrderedDictionary<string, double>
        {
            [Errors[0]] = RatingMetrics.Rmse(kept, _test.Value),
            [Errors[1]] = RatingMetrics.Mae(kept, _test.Value),
            ["accuracy"] = likes.Accuracy,
            ["precision"] = likes.Precision,
            ["recall"] = likes.Recall,
            ["f1"] = likes.F1,
        };
        if (!_likes.Contains(true) || !_likes.Contains(false)) return new(figures, PerUser(kept), null, null);
        var (roc, precisionRecall) = (ThresholdCurve.Roc(predicted, _likes), ThresholdCurve.PrecisionRecall(predicted, _likes));
        figures["roc auc"] = roc.Area;
        figures["average precision"] = precisionRecall.Area;
        return new(figures, PerUser(kept), roc, precisionRecall);
    }

    private float[] Predict(IPairModel model, Point at, CancellationToken cancel)
    {
        var predicted = new float[_test.Count];
        for (var first = 0; first < predicted.Length; first += Block)
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = Scope.Open();
            var count = Math.Min(Block, predicted.Length - first);
            model.Score(at, new Ids(_test.User.Slice(first, count)), new Ids(_test.Item.Slice(first, count))).Values.CopyTo(predicted.AsSpan(first));
        }
        return predicted;
    }

    private Dictionary<string, double[]> PerUser(float[] predicted)
    {
        double[] squares = new double[_test.UserCount], distances = new double[_test.UserCount];
        var counts = new int[_test.UserCount];
        for (var row = 0; row < predicted.Length; row++)
        {
            var (user, error) = (_test.User[row], (double)predicted[row] - _test.Value[row]);
            squares[user] += error * error;
            distances[user] += Math.Abs(error);
            counts[user]++;
        }
        int[] users = [.. Enumerable.Range(0, counts.Length).Where(user => counts[user] > 0)];
        return new()
        {
            [Errors[0]] = [.. users.Select(user => Math.Sqrt(squares[user] / counts[user]))],
            [Errors[1]] = [.. users.Select(user => distances[user] / counts[user])],
        };
    }
}
