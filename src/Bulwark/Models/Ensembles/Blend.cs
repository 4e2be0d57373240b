namespace Bulwark.Models.Ensembles;

/// <summary>A recommender with its say in a blend.</summary>
/// <param name="Recommender">What scores.</param>
/// <param name="Weight">How much it counts, at least zero; weights need not sum to 1.</param>
public sealed record Member(IRecommender Recommender, float Weight = 1);

/// <summary>Turns one member's scores of all items for one user into numbers that can be added up over members, in place.</summary>
public delegate void ScoreScale(Span<float> scores);

/// <summary>
/// ŷ(u, i) = Σ_m w_m f(ŷ_m(u, ·))_i over members of any kind, where f brings their scores to one scale (<see cref="ScoreScales"/>): a weighted sum of
/// normalized scores, or of reciprocal ranks. Someone unknown to training is scored by the members that fold them in; if none does, by popularity.
/// </summary>
public sealed class Blend : IRecommender
{
    private readonly Member[] _members;
    private readonly ScoreScale _scale;

    /// <summary>A blend of these members.</summary>
    /// <param name="members">At least one, of the same users and items.</param>
    /// <param name="scale">f.</param>
    /// <exception cref="ArgumentException">There is no member, they differ in users or items, a weight is negative or not finite, or all are zero.</exception>
    public Blend(IEnumerable<Member> members, ScoreScale scale)
    {
        (_members, _scale) = ([.. members], scale);
        if (_members.Length == 0) throw new ArgumentException("A blend needs at least one member.", nameof(members));
        foreach (var (recommender, weight) in _members)
        {
            if ((recommender.UserCount, recommender.ItemCount) != (UserCount, ItemCount))
                throw new ArgumentException($"A member knows {recommender.UserCount} users and {recommender.ItemCount} items, another {UserCount} and {ItemCount}.");
            if (!(weight >= 0 && float.IsFinite(weight))) throw new ArgumentException($"A weight is {weight}: weights are finite and at least zero.");
        }
        if (!Array.Exists(_members, member => member.Weight > 0)) throw new ArgumentException("All weights are zero: give a member some weight.");
    }

    /// <inheritdoc/>
    public int UserCount => _members[0].Recommender.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _members[0].Recommender.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => Array.Exists(_members, member => member.Weight > 0 && member.Recommender.ScoresNewItems);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var sum = scores[..(users.Length * ItemCount)];
        sum.Clear();
        var own = new float[sum.Length];
        foreach (var (recommender, weight) in _members)
        {
            if (weight == 0) continue;
            recommender.Score(users, own);
            for (var at = 0; at < own.Length; at += ItemCount) Add(own.AsSpan(at, ItemCount), weight, sum.Slice(at, ItemCount));
        }
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var (sum, own, folded) = (new float[ItemCount], new float[ItemCount], false);
        foreach (var (recommender, weight) in _members)
        {
            if (weight == 0 || recommender.ScoreHistory(history, own) != ScoreSource.FoldIn) continue;
            Add(own, weight, sum);
            folded = true;
        }
        if (!folded) return _members[0].Recommender.ScoreHistory(history, scores);
        sum.CopyTo(scores);
        return ScoreSource.FoldIn;
    }

    private void Add(Span<float> own, float weight, Span<float> sum)
    {
        _scale(own);
        for (var i = 0; i < own.Length; i++) sum[i] += weight * own[i];
    }
}
