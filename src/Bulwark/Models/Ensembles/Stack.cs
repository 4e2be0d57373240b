using Bulwark.Data;

namespace Bulwark.Models.Ensembles;

/// <summary>
/// ŷ(u, i) = Σ_m (a_m + b_m h_u) s_m(u, i): feature-weighted linear stacking (Sill, Takács, Mackey and Lin 2009). s_m are the members' scores of all items
/// for u brought to one scale and, as one member more, ln(1 + how often i was touched); h_u = ln(1 + how much u touched), less its mean over users. So a
/// member, or popularity, may be trusted more for long histories than for short ones. Weights are learned by <c>Stacking</c>.
/// </summary>
public sealed class Stack : IRecommender
{
    private readonly IRecommender[] _members;
    private readonly ScoreScale _scale;
    private readonly Histories _histories;
    private readonly float[] _weights, _popularity;
    private readonly double _meanLength;

    /// <summary>These members with these weights.</summary>
    /// <param name="members">At least one, of the same users and items.</param>
    /// <param name="scale">How scores are brought to one scale.</param>
    /// <param name="train">What users touched.</param>
    /// <param name="weights">a and b of each member, then those of popularity: 2 (members + 1) numbers. By default each member's a is 1, the rest 0.</param>
    /// <exception cref="ArgumentException">There is no member, the sizes differ, or the weights are too few or too many.</exception>
    public Stack(IReadOnlyList<IRecommender> members, ScoreScale scale, Interactions train, IReadOnlyList<float>? weights = null)
    {
        (_members, _scale, _histories) = ([.. members], scale, train.ByUser);
        if (_members.Length == 0) throw new ArgumentException("A stack needs at least one member.", nameof(members));
        foreach (var member in _members)
            if ((member.UserCount, member.ItemCount) != (train.UserCount, train.ItemCount))
                throw new ArgumentException(
                    $"A member knows {member.UserCount} users and {member.ItemCount} items, the interactions {train.UserCount} and {train.ItemCount}.");
        _weights = weights is null ? Equal(_members.Length) : [.. weights];
        if (_weights.Length != InputCount) throw new ArgumentException($"{_members.Length} members need {InputCount} weights, not {_weights.Length}.", nameof(weights));
        _popularity = [.. train.ItemCounts().Select(count => MathF.Log(1 + count))];
        _scale(_popularity);
        _meanLength = Enumerable.Range(0, train.UserCount).Average(user => Math.Log(1 + _histories.Items(user).Length));
    }

    /// <summary>How many numbers a pair of user and item is weighed by, and so how many weights there are: 2 (members + 1).</summary>
    public int InputCount => 2 * (_members.Length + 1);

    /// <summary>a and b of each member, then those of popularity.</summary>
    public IReadOnlyList<float> Weights => _weights;

    /// <inheritdoc/>
    public int UserCount => _histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _popularity.Length;

    /// <inheritdoc/>
    public bool ScoresNewItems => Array.Exists(_members, member => member.ScoresNewItems);

    /// <summary>s_m of all items for each user, popularity last: (members + 1, users, items).</summary>
    internal float[] Opinions(ReadOnlySpan<int> users)
    {
        var (block, opinions) = (users.Length * ItemCount, new float[(_members.Length + 1) * users.Length * ItemCount]);
        for (var m = 0; m < _members.Length; m++) _members[m].Score(users, opinions.AsSpan(m * block, block));
        for (var at = 0; at < _members.Length * block; at += ItemCount) _scale(opinions.AsSpan(at, ItemCount));
        for (var at = _members.Length * block; at < opinions.Length; at += ItemCount) _popularity.CopyTo(opinions, at);
        return opinions;
    }

    /// <summary>h for a history of so many items.</summary>
    internal float Length(int items) => (float)(Math.Log(1 + items) - _meanLength);

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        var opinions = Opinions(users);
        scores[..(users.Length * ItemCount)].Clear();
        for (var at = 0; at < opinions.Length; at += ItemCount)
        {
            var (m, n) = Math.DivRem(at / ItemCount, users.Length);
            Add(opinions.AsSpan(at, ItemCount), m, Length(_histories.Items(users[n]).Length), scores.Slice(n * ItemCount, ItemCount));
        }
    }

    /// <summary>By the members that fold the history in, and popularity; if none does, by popularity alone.</summary>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var (sum, own, folded) = (new float[ItemCount], new float[ItemCount], false);
        var length = Length(Touched.Items(history, ItemCount).Length);
        for (var m = 0; m < _members.Length; m++)
        {
            if (_members[m].ScoreHistory(history, own) != ScoreSource.FoldIn) continue;
            _scale(own);
            Add(own, m, length, sum);
            folded = true;
        }
        if (!folded) return _members[0].ScoreHistory(history, scores);
        Add(_popularity, _members.Length, length, sum);
        sum.CopyTo(scores);
        return ScoreSource.FoldIn;
    }

    private void Add(ReadOnlySpan<float> opinion, int m, float length, Span<float> sum)
    {
        var weight = _weights[2 * m] + _weights[2 * m + 1] * length;
        for (var i = 0; i < opinion.Length; i++) sum[i] += weight * opinion[i];
    }

    private static float[] Equal(int members) => [.. Enumerable.Range(0, 2 * (members + 1)).Select(n => n % 2 == 0 && n < 2 * members ? 1f : 0f)];
}
