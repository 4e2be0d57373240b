namespace Bulwark.Generative.Streams;

/// <summary>Settings of the learned updaters (<see cref="FeatureUpdater"/>).</summary>
/// <param name="Thorough">How many first windows are left to the steps, whose moves are what real drift looks like, while the updaters learn.</param>
/// <param name="Every">After those, every so many-th window is left to the steps too; 0 is none.</param>
public sealed record UpdaterOptions(int Thorough = 3, int Every = 3)
{
    /// <summary>Steps of all players after each window.</summary>
    public int Steps { get; init; } = 40;

    /// <summary>Events of a step, and moves of each table that its critic sees.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Items drawn against each event of a window, whose mean is its pull.</summary>
    public int Negatives { get; init; } = 4;

    /// <summary>How many past events, and rows of each table, are kept to learn from.</summary>
    public int Memory { get; init; } = 4000;

    /// <summary>Width of the one hidden layer.</summary>
    public int Width { get; init; } = 32;

    /// <summary>η of the gradient step that an updater is at first; 2η is the most it may become.</summary>
    public float Start { get; init; } = 0.25f;

    /// <summary>w, the weight of passing for real drift beside the loss of events not seen.</summary>
    public float Realism { get; init; } = 0.1f;
}
