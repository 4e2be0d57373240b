using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// Each step draws each user with probability q, whoever else is drawn: the sampling that accountants of privacy assume. A step may have no user at all,
/// and an epoch is 1/q steps, in which a user is met once on average.
/// </summary>
public sealed class PoissonSource<TBatch> : IBatchSource<UserBatch<TBatch>> where TBatch : IBatch
{
    private readonly UserExamples<TBatch> _users;
    private readonly Rng _rng;

    /// <summary>Users drawn with one probability.</summary>
    /// <param name="users">Their examples.</param>
    /// <param name="share">q, above 0, at most 1.</param>
    /// <param name="rng">Drives who is drawn, and what examples are made with.</param>
    /// <exception cref="ArgumentException">There are no users, or q is no such share.</exception>
    public PoissonSource(UserExamples<TBatch> users, double share, Rng rng)
    {
        if (users.Count == 0) throw new ArgumentException("There are no users with anything to learn from.");
        if (!(share is > 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(share), share, "A share of users lies above 0 and is at most 1.");
        (_users, Share, _rng) = (users, share, rng.Fork("users"));
    }

    /// <summary>q.</summary>
    public double Share { get; }

    /// <inheritdoc/>
    public int StepsPerEpoch => Math.Max(1, (int)Math.Round(1 / Share));

    /// <inheritdoc/>
    public UserBatch<TBatch> Create() => new(_users.Create);

    /// <inheritdoc/>
    public void Fill(UserBatch<TBatch> batch, long step)
    {
        var rng = _rng.Fork(step);
        var (draws, drawn) = (rng.Fork("drawn"), new List<int>());
        for (var n = 0; n < _users.Count; n++)
            if (draws.NextDouble() < Share) drawn.Add(n);
        batch.Refill(drawn.Count);
        foreach (var (place, n) in drawn.Index()) _users.Fill(batch[place], n, step, rng.Fork(n));
    }
}
