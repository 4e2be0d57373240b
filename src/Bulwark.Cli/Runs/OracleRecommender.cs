using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Cli.Runs;

/// <summary>The true preferences behind the generated shop: the best that any model can do.</summary>
internal sealed class OracleRecommender(Oracle oracle) : IRecommender
{
    public int UserCount => oracle.UserCount;

    public int ItemCount => oracle.ItemCount;

    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var n = 0; n < users.Length; n++) oracle.Score(users[n], scores.Slice(n * ItemCount, ItemCount));
    }

    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) =>
        throw new NotSupportedException("The oracle knows the shop's own shoppers only.");
}
