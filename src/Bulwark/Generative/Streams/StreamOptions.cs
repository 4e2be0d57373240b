using Bulwark.Tensors.Optimizers;

namespace Bulwark.Generative.Streams;

/// <summary>How a factorization follows a stream. The work of a window depends on these numbers, not on how long the stream has been.</summary>
public sealed record StreamOptions
{
    /// <summary>The most update steps after a window.</summary>
    public int Steps { get; init; } = 160;

    /// <summary>The most times that an event of a window is learned from: a few events do not move their rows as far as many would.</summary>
    public int Passes { get; init; } = 8;

    /// <summary>Triples of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>The update formula and its rate; its state begins anew in each window, for which a rule that has one writes over all of it.</summary>
    public UpdateRule Rule { get; init; } = new Sgd(0.05f);

    /// <summary>λ₂ of decay on the rows that a batch touches.</summary>
    public float L2 { get; init; } = 0.01f;

    /// <summary>How many past events the reservoir keeps.</summary>
    public int Memory { get; init; } = 4000;

    /// <summary>The share of a batch drawn from the reservoir; 0 is no replay.</summary>
    public float Replay { get; init; } = 0.1f;

    /// <summary>The GAN that replays generated events; null is none.</summary>
    public ReplayOptions? Generated { get; init; }

    /// <summary>The critic that keeps moves within what real drift looks like; null lets every move pass.</summary>
    public DriftOptions? Critic { get; init; }

    /// <summary>The updaters that learn to move rows in one pass; null leaves every window to the steps.</summary>
    public UpdaterOptions? Updater { get; init; }

    /// <summary>What users' rows forget when tastes jump; null is nothing.</summary>
    public ForgettingOptions? Forgetting { get; init; }
}

/// <summary>When tastes jump, rows that are sure of the old ones learn slowly. Then p ← p̄ + (1 − φ)(p − p̄) for all users, p̄ the mean of their rows.</summary>
/// <param name="Above">By which factor a window's loss is above those before it when tastes have jumped.</param>
/// <param name="Share">φ.</param>
public sealed record ForgettingOptions(float Above = 1.06f, float Share = 0.6f);

/// <summary>Settings of <see cref="GenerativeReplay"/>.</summary>
/// <param name="Share">The share of a batch of updates that is generated.</param>
/// <param name="Steps">Critic steps after each window; every second is followed by one of the generator.</param>
public sealed record ReplayOptions(float Share = 0.1f, int Steps = 40)
{
    /// <summary>Critic steps on the past before the first window.</summary>
    public int Before { get; init; } = 1000;

    /// <summary>Events of a step.</summary>
    public int Batch { get; init; } = 64;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 8;

    /// <summary>Width of the one hidden layer of either player.</summary>
    public int Width { get; init; } = 32;
}

/// <summary>Settings of <see cref="DriftCritic"/>.</summary>
/// <param name="Refused">q, the share of real drift that the critic may call unlike real drift.</param>
/// <param name="Trusted">How many first windows pass unjudged: what real drift looks like is learned there first.</param>
public sealed record DriftOptions(float Refused = 0.1f, int Trusted = 3)
{
    /// <summary>Steps after each window.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>Moves of a step.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>How many past moves are kept.</summary>
    public int Memory { get; init; } = 4000;

    /// <summary>Width of the one hidden layer.</summary>
    public int Width { get; init; } = 32;

    /// <summary>The largest factor by which the moves are stretched that the critic learns to tell from real drift.</summary>
    public float Stretch { get; init; } = 16;
}
