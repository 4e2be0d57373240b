using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>A model that scores each case's candidates only, and leaves the rest at −∞: a hundred pairs a user rather than the catalog.</summary>
internal sealed class GivenCandidates(IPairModel model, Point at, IReadOnlyList<RankingCase> cases) : IRecommender
{
    private readonly Dictionary<int, int[]> _candidates = cases.ToDictionary(one => one.User, one => (int[])[one.Positive, .. one.Negatives]);

    public int UserCount => model.UserCount;

    public int ItemCount => model.ItemCount;

    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var (who, what) = (new List<int>(), new List<int>());
        foreach (var user in users)
        {
            who.AddRange(Enumerable.Repeat(user, _candidates[user].Length));
            what.AddRange(_candidates[user]);
        }
        using var scope = Scope.Open();
        var found = model.Score(at, new Ids([.. who]), new Ids([.. what])).Values;
        scores.Fill(float.NegativeInfinity);
        var next = 0;
        for (var row = 0; row < users.Length; row++)
            foreach (var item in _candidates[users[row]]) scores[row * ItemCount + item] = found[next++];
    }

    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException("Cases are of known users.");
}
