namespace Bulwark.Evaluation;

/// <summary>How well ratings were predicted.</summary>
public sealed class RatingResult : IFigures
{
    private readonly OrderedDictionary<string, double> _figures;
    private readonly Dictionary<string, double[]> _perUser;

    internal RatingResult(
        OrderedDictionary<string, double> figures, Dictionary<string, double[]> perUser, ThresholdCurve? roc, ThresholdCurve? precisionRecall) =>
        (_figures, _perUser, Roc, PrecisionRecall) = (figures, perUser, roc, precisionRecall);

    /// <summary>All figures, by name.</summary>
    public IReadOnlyDictionary<string, double> Figures => _figures;

    /// <summary>How predictions tell likes from the rest; null where the test part has only one of the two.</summary>
    public ThresholdCurve? Roc { get; }

    /// <summary>Precision of likes against their recall; null where the test part has no likes, or nothing else.</summary>
    public ThresholdCurve? PrecisionRecall { get; }

    /// <inheritdoc/>
    public double this[string metric] => _figures.TryGetValue(metric, out var figure) ? figure : throw RankingResult.Missing(metric, _figures.Keys);

    /// <summary>The RMSE or MAE of each user's test ratings, users in ascending order.</summary>
    /// <exception cref="KeyNotFoundException">Only these two have a value for each user.</exception>
    public ReadOnlySpan<double> PerUser(string metric) => _perUser.TryGetValue(metric, out var values) ? values : throw RankingResult.Missing(metric, _perUser.Keys);
}
