using Bulwark.Generative.Streams;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Streams;

/// <summary>A plane: users at 0 are pulled along the first axis by one event, and later touch an item at (±1, 0) rather than the one across.</summary>
public sealed class LearnedUpdatesTests
{
    private static readonly UpdaterOptions Options = new() { Steps = 100, Batch = 32, Memory = 200, Width = 8, Start = 0.5f };

    private static readonly float[] Fresh = FeatureUpdater.State([0, 0], [1, 0], 1, 0), Settled = FeatureUpdater.State([0, 0], [1, 0], 1, 100);

    /// <summary>
    /// Later events confirm the pull of new users and contradict that of settled ones. With λ = 1 and margin 2g along the axis, ln(1 + e^−2g) + g²/2 is least at
    /// 2σ(−2g) = g, g = .521, for the new; for the settled the least of ln(1 + e^2g) + g²/2 with g ≥ 0 lies at 0.
    /// </summary>
    [Fact]
    public void APullIsFollowedAsFarAsLaterEventsConfirmIt()
    {
        var updates = Updates(Options, l2: 1);
        for (var window = 0; window < 20; window++) updates.Learn(Window(), [Later(Fresh, 1), Later(Settled, -1)]);
        var moved = updates.MovedUsers([Fresh, Settled]);
        Assert.Equal(0.521f, moved[0], 0.02f);
        Assert.InRange(moved[2], 0, 0.05f);
        Assert.Equal((0f, 0f), (moved[1], moved[3]));
    }

    /// <summary>Without steps, and without unseen events, it stays what it is at the start.</summary>
    [Fact]
    public void UntrainedItIsAGradientStep()
    {
        var (idle, deaf) = (Updates(Options with { Steps = 0 }), Updates(Options));
        idle.Learn(Window(), [Later(Fresh, 1)]);
        deaf.Learn(Window(), []);
        Assert.Equal([0.5f, 0f], idle.MovedUsers([Fresh]));
        Assert.Equal([0.5f, 0f], deaf.MovedUsers([Fresh]));
        Assert.Equal((0, 0), (idle.Steps, deaf.Steps));
    }

    /// <summary>A gradient reaches the updaters from events, and from the critic alone.</summary>
    [Fact]
    public void AGradientReachesTheUpdaters()
    {
        var updates = Updates(Options);
        updates.Learn(Window(), [Later(Fresh, 1)]);
        Assert.True(updates.MeanGradient > 1e-3, $"{updates.MeanGradient}");

        var (critic, updater) = (Taught(0.1f), new FeatureUpdater("users", 2, 8, 0.5f));
        var states = Tensor.Of((2, 6), [.. Fresh, .. Settled]);
        var start = updater.Start(new Rng(3));
        var slope = Grad.Of(at => critic.Score(critic.At, updater.Of(at, states), updater.Past(states)).Sum(), start).Move;
        Assert.True(slope.Norm > 1e-3, $"{slope.Norm}");
    }

    /// <summary>Later events would have users run on as far as they may, 2η = 1, but real drift is a tenth of that: in a game with a critic, moves come to it.</summary>
    [Fact]
    public void ACriticHoldsMovesToRealDrift()
    {
        Assert.InRange(Reach(0), 0.9f, 1);
        Assert.InRange(Reach(0.1f), 0.05f, 0.2f);
        Assert.InRange(Reach(1), 0.05f, 0.2f);

        float Reach(float realism)
        {
            var updates = Updates(Options with { Realism = realism }, critic: Taught(0.1f));
            for (var window = 0; window < 10; window++) updates.Learn(Window(), [Later(Fresh, 1)]);
            return updates.MovedUsers([Fresh])[0];
        }
    }

    [Fact]
    public void EqualArgumentsGiveEqualBits()
    {
        Assert.Equal(Run(Options), Run(Options));
        foreach (var other in new[]
        {
            Options with { Steps = 90 }, Options with { Batch = 16 }, Options with { Memory = 2 }, Options with { Width = 9 }, Options with { Start = 0.4f },
            Options with { Realism = 1 },
        })
            Assert.NotEqual(Run(Options), Run(other));

        static float[] Run(UpdaterOptions options)
        {
            var updates = Updates(options, critic: Taught(0.1f));
            for (var window = 0; window < 3; window++) updates.Learn(Window(), [Later(Fresh, 1), Later(Fresh, 1), Later(Settled, -1)]);
            return updates.MovedUsers([Fresh, Settled]);
        }
    }

    private static LearnedUpdates Updates(UpdaterOptions options, float l2 = 0, DriftCritic? critic = null) => new(options, 2, l2, critic, null, new Rng(1));

    /// <summary>A critic of users' rows that knows drift of this length along the first axis.</summary>
    private static DriftCritic Taught(float length)
    {
        var (critic, rng) = (new DriftCritic(new() { Steps = 300 }, 2, new Rng(2)), new Rng(5));
        critic.Learn([.. Enumerable.Range(0, 200).Select(n => new RowMove([length * (1 + 0.3f * (float)rng.NextGaussian()), 0], n % 2 * 100))]);
        return critic;
    }

    private static WindowStates Window() => new(new Dictionary<int, float[]> { [0] = Fresh, [1] = Settled }, new Dictionary<int, float[]>());

    /// <summary>The user touches an item at (side, 0) and not one at (−side, 0); neither item moves.</summary>
    private static Unseen Later(float[] user, float side) => new(user, FeatureUpdater.State([side, 0], [0, 0], 0, 9), FeatureUpdater.State([-side, 0], [0, 0], 0, 9));
}
