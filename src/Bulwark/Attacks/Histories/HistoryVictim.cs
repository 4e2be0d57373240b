using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Histories;

/// <summary>Scores of every item for people who touched these items, oldest first: row-major (histories, items). It may be called by several threads.</summary>
public delegate void HistoryScores(IReadOnlyList<int[]> histories, Span<float> scores);

/// <summary>What is attacked through histories: a function from histories to scores. Everybody is scored as someone unknown to training.</summary>
/// <param name="ItemCount">Items of the catalog.</param>
/// <param name="Scores">The function.</param>
public sealed record HistoryVictim(int ItemCount, HistoryScores Scores)
{
    /// <summary>How many of a history's last items it sees.</summary>
    public int Reach { get; init; } = int.MaxValue;

    /// <summary>How its scores answer to what stands in a history; null where only scores can be seen.</summary>
    public IHistorySlope? Slope { get; init; }

    /// <summary>Whatever ranks for a history.</summary>
    public static HistoryVictim Of(IRecommender model) => new(model.ItemCount, (histories, scores) =>
    {
        for (var n = 0; n < histories.Count; n++) model.ScoreHistory(histories[n], scores.Slice(n * model.ItemCount, model.ItemCount));
    });

    /// <summary>A formula of histories at a point, with its slopes where it has any.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its values; they must not change while this is used.</param>
    public static HistoryVictim Of(IHistoryModel model, Point at)
    {
        at = model.Prepared(at).Settled();
        return new(model.ItemCount, (histories, scores) =>
        {
            using var scope = Scope.Open();
            model.ScoreHistories(at, histories).Values.CopyTo(scores);
        })
        {
            Reach = model is SequenceModel sequences ? sequences.Reach : int.MaxValue,
            Slope = model switch
            {
                SequenceModel sequence => new SequenceSlope(sequence, at),
                BagModel { Encoder.Inputs: { } inputs } bag => new BagSlope(bag, inputs, at),
                _ => null,
            },
        };
    }
}
