using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>Real users as templates: those with enough ratings beside the targets and the selected items, or, where nobody has, those with the most.</summary>
internal sealed class ProfileTemplates
{
    private readonly Interactions _rows;
    private readonly Budget _budget;
    private readonly int[] _selected;
    private readonly int _fillers;
    private readonly RatingScale _scale;
    private readonly HashSet<int> _reserved;

    public ProfileTemplates(Interactions train, Ratings? ratings, Budget budget, int[] selected)
    {
        (_rows, _budget, _selected, _fillers) = (ratings?.Rows ?? train.DistinctPairs(), budget, selected, budget.Others - selected.Length);
        _scale = ratings?.Scale ?? new(1, 1, 1);
        _reserved = [.. budget.Targets, .. selected];
        int[] sizes = [.. Enumerable.Range(0, _rows.UserCount).Select(user => Free(user).Length)];
        var enough = Math.Min(Math.Max(1, _fillers), sizes.Max());
        Users = [.. Enumerable.Range(0, sizes.Length).Where(user => sizes[user] >= enough)];
    }

    /// <summary>Steps of the scale from nothing to the highest rating.</summary>
    public float Levels => _scale.High / _scale.Step;

    /// <summary>Whose profiles are copied.</summary>
    public int[] Users { get; }

    /// <summary>Filler ratings of these users drawn anew, as shares of the highest: (users, items).</summary>
    public float[] Shares(int[] users, Rng rng)
    {
        var shares = new float[users.Length * _rows.ItemCount];
        for (var row = 0; row < users.Length; row++)
            foreach (var at in Fillers(users[row], rng.Fork(row))) shares[row * _rows.ItemCount + _rows.Item[at]] = _rows.Value[at] / _scale.High;
        return shares;
    }

    /// <summary>The templates of these users with fillers drawn anew.</summary>
    public AushBatch Draw(int[] users, float keptZeros, Rng rng)
    {
        var (items, count) = (_rows.ItemCount, _selected.Length);
        var fillers = Shares(users, rng);
        var real = (float[])fillers.Clone();
        float[] given = new float[users.Length * count], counted = new float[given.Length];
        for (var row = 0; row < users.Length; row++)
        {
            var zeros = rng.Fork("zeros").Fork(row);
            for (var s = 0; s < count; s++)
            {
                var value = RatingOf(users[row], _selected[s]) / _scale.High;
                (given[row * count + s], real[row * items + _selected[s]]) = (value, value);
                counted[row * count + s] = value > 0 || zeros.NextSingle() < keptZeros ? 1 : 0;
            }
        }
        return new(
            Tensor.Of((users.Length, items), fillers), Tensor.Of((users.Length, items), real), Tensor.Of((users.Length, count), given),
            Tensor.Of((users.Length, count), counted));
    }

    /// <summary>
    /// The profiles of accounts after these users, with the fillers that <see cref="Draw"/> took from the same source of chance. A generated 0 is no rating.
    /// </summary>
    /// <param name="users">The template of each account.</param>
    /// <param name="generated">(accounts, selected), shares of the highest rating.</param>
    /// <param name="rng">As for <see cref="Draw"/>.</param>
    public IEnumerable<(int Item, float Rating)[]> Profiles(int[] users, ReadOnlySpan<float> generated, Rng rng)
    {
        var profiles = new List<(int, float)[]>();
        for (var row = 0; row < users.Length; row++)
        {
            var profile = new List<(int, float)>();
            foreach (var at in Fillers(users[row], rng.Fork(row))) profile.Add((_rows.Item[at], _rows.Value[at]));
            foreach (var (s, item) in _selected.Index())
                if (generated[row * _selected.Length + s] * _scale.High is > 0 and var rating) profile.Add((item, _scale.Nearest(rating)));
            profile.AddRange(_budget.Targets.Select(target => (target, _scale.High)));
            profiles.Add([.. profile]);
        }
        return profiles;
    }

    /// <summary>The profiles of generated ratings alone, shares of the highest, (accounts, items). A generated 0 is no rating.</summary>
    public IEnumerable<(int Item, float Rating)[]> Profiles(float[] shares) => shares.Chunk(_rows.ItemCount).Select(own => ((int, float)[])
    [
        .. own.Index().Where(one => one.Item * _scale.High > 0).Select(one => (one.Index, _scale.Nearest(one.Item * _scale.High))),
        .. _budget.Targets.Select(target => (target, _scale.High)),
    ]);

    /// <summary>The rows of a user that may be fillers.</summary>
    private int[] Free(int user) => [.. _rows.ByUser.Rows(user).ToArray().Where(row => !_reserved.Contains(_rows.Item[row]))];

    private int[] Fillers(int user, Rng rng)
    {
        var free = Free(user);
        rng.Shuffle<int>(free);
        return free[..Math.Min(_fillers, free.Length)];
    }

    private float RatingOf(int user, int item)
    {
        foreach (var row in _rows.ByUser.Rows(user))
            if (_rows.Item[row] == item) return _rows.Value[row];
        return 0;
    }
}
