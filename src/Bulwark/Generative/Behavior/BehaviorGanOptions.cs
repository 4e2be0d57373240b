namespace Bulwark.Generative.Behavior;

/// <summary>Settings of a <see cref="BehaviorGan"/>.</summary>
/// <param name="Epochs">Passes over the users with the critic.</param>
/// <param name="Before">Passes before, of the autoencoder alone.</param>
public sealed record BehaviorGanOptions(int Epochs = 60, int Before = 100)
{
    /// <summary>For <see cref="PrivateBehaviorGan"/>: smaller nets, on which less noise falls, and fewer, longer steps.</summary>
    public static BehaviorGanOptions Private { get; } = new(3, 30) { Batch = 200, Latent = 8, Hidden = 128, Rate = 1e-2f };

    /// <summary>Users in a batch.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 32;

    /// <summary>Width of the first hidden layers.</summary>
    public int Hidden { get; init; } = 256;

    /// <summary>Weight of passing for real beside the autoencoder's loss.</summary>
    public float Adversarial { get; init; } = 0.3f;

    /// <summary>The most items of a profile that the players are told.</summary>
    public int MostKnown { get; init; } = 5;

    /// <summary>The rate of the autoencoder alone; that of both players is half of it.</summary>
    public float Rate { get; init; } = 1e-3f;
}
