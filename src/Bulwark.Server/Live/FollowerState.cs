namespace Bulwark.Server.Live;

/// <summary>How far a follower is.</summary>
/// <param name="Events">Events gone through.</param>
/// <param name="Learned">How many there were when the model learned last.</param>
/// <param name="HeldOut">Events of suspects that it did not learn from.</param>
internal sealed record FollowerState(long Events, long Learned, long HeldOut);
