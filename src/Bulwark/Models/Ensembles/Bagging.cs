using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Models.Ensembles;

/// <summary>A member of a <see cref="Bagging"/>.</summary>
/// <param name="Recommender">What scores.</param>
/// <param name="Learned">What it was trained on: the histories of some users; those of the others are empty.</param>
public sealed record Bag(IRecommender Recommender, Histories Learned);

/// <summary>
/// ŷ(u, i) = 1/k Σ_m f(ŷ_m(u, ·))_i over k members, each trained on a sample of the users (bagging: Breiman 1996): what a few users do reaches few members. A
/// member ranks for a user of its sample by what it learned of them, and for any other by their history; one that can do neither has no vote, and if none
/// has, popularity ranks. The members' own lists and votes can be asked for.
/// </summary>
public sealed class Bagging : IRecommender
{
    private readonly Bag[] _members;
    private readonly Histories _histories;
    private readonly ScoreScale _scale;
    private readonly Popularity _popularity;

    /// <summary>These members.</summary>
    /// <param name="members">At least one, of the same users and items.</param>
    /// <param name="train">What all users touched.</param>
    /// <param name="scale">f.</param>
    /// <exception cref="ArgumentException">There is no member, or the sizes differ.</exception>
    public Bagging(IReadOnlyList<Bag> members, Interactions train, ScoreScale scale)
    {
        (_members, _histories, _scale, _popularity) = ([.. members], train.ByUser, scale, new Popularity(train.UserCount, train.ItemCounts()));
        if (_members.Length == 0) throw new ArgumentException("Bagging needs at least one member.", nameof(members));
        foreach (var (member, learned) in _members)
            if ((member.UserCount, member.ItemCount, learned.UserCount) != (UserCount, ItemCount, UserCount))
                throw new ArgumentException($"A member knows {member.UserCount} users and {member.ItemCount} items, the interactions {UserCount} and {ItemCount}.");
    }

    /// <inheritdoc/>
    public int UserCount => _histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => _popularity.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => Array.Exists(_members, member => member.Recommender.ScoresNewItems);

    /// <summary>All that a share of the users did, drawn without replacement; vocabularies stay whole.</summary>
    /// <param name="train">What all did.</param>
    /// <param name="share">In (0, 1]; of those who did anything, at least one is drawn.</param>
    /// <param name="rng">Which.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is not in (0, 1].</exception>
    public static Interactions Sample(Interactions train, double share, Rng rng)
    {
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share of the users lies in (0, 1].");
        int[] users = [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0)];
        rng.Shuffle(users.AsSpan());
        var drawn = new bool[train.UserCount];
        foreach (var user in users.AsSpan(0, Math.Min(users.Length, Math.Max(1, (int)Math.Round(share * users.Length))))) drawn[user] = true;
        return train.Select([.. Enumerable.Range(0, train.Count).Where(row => drawn[train.User[row]])]);
    }

    /// <inheritdoc/>
    public void Score(ReadOnlySpan<int> users, Span<float> scores)
    {
        for (var n = 0; n < users.Length; n++)
        {
            var user = users[n];
            var sum = scores.Slice(n * ItemCount, ItemCount);
            Touched.CheckUser(user, UserCount);
            if (!Average(bag => Opinion(bag, user), sum)) _popularity.ScoreHistory([], sum);
        }
    }

    /// <inheritdoc/>
    public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
    {
        var items = history.ToArray();
        return Average(bag => Folded(bag, items), scores[..ItemCount]) ? ScoreSource.FoldIn : _popularity.ScoreHistory(history, scores);
    }

    /// <summary>The k best items of each member for a user, without what the user touched; empty of a member that has no vote.</summary>
    public int[][] Lists(int user, int k)
    {
        Touched.CheckUser(user, UserCount);
        return [.. _members.Select(bag => Opinion(bag, user) is { } scores ? Best(scores) : [])];

        int[] Best(float[] scores)
        {
            foreach (var item in _histories.Items(user)) scores[item] = float.NegativeInfinity;
            var items = new int[Math.Min(k, ItemCount - _histories.SortedItems(user).Length)];
            return items[..TopK.Select(scores, items, new float[items.Length])];
        }
    }

    /// <summary>In how many of those lists each item stands: (items).</summary>
    public int[] Votes(int user, int k)
    {
        var votes = new int[ItemCount];
        foreach (var list in Lists(user, k))
            foreach (var item in list) votes[item]++;
        return votes;
    }

    private bool Average(Func<Bag, float[]?> opinion, Span<float> mean)
    {
        mean.Clear();
        var counted = 0;
        foreach (var bag in _members)
        {
            if (opinion(bag) is not { } scores) continue;
            _scale(scores);
            for (var i = 0; i < scores.Length; i++) mean[i] += scores[i];
            counted++;
        }
        foreach (ref var score in mean) score /= Math.Max(counted, 1);
        return counted > 0;
    }

    private float[]? Opinion(Bag bag, int user)
    {
        if (bag.Learned.Items(user).Length == 0) return Folded(bag, _histories.Items(user));
        var scores = new float[ItemCount];
        bag.Recommender.Score([user], scores);
        return scores;
    }

    private float[]? Folded(Bag bag, ReadOnlySpan<int> history)
    {
        var scores = new float[ItemCount];
        return history.Length > 0 && bag.Recommender.ScoreHistory(history, scores) == ScoreSource.FoldIn ? scores : null;
    }
}
