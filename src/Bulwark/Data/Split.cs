namespace Bulwark.Data;

/// <summary>Parts of one data set that share its full vocabularies.</summary>
/// <param name="Train">Rows to learn from.</param>
/// <param name="Validation">Rows to choose models and settings by; null until carved from the training rows.</param>
/// <param name="Test">
/// Rows to measure on. Unless the files bring them: at most one for each (user, item), and no pair that the other parts have.
/// </param>
/// <param name="Negatives">Items to rank each test item against, where given.</param>
/// <param name="Protocol">The rule in words, for reports.</param>
/// <param name="Warning">What readers of the results should know, in one sentence each; null if nothing.</param>
public sealed record Split(Interactions Train, Interactions? Validation, Interactions Test, Negatives? Negatives, string Protocol, string? Warning)
{
    /// <summary>Whether some training row is later than some test row, so that the model may learn from the future. False where times are unknown.</summary>
    public bool LeaksTime { get; init; }

    /// <summary>Which holdout from the training rows is like the test part: what is chosen there shall serve here.</summary>
    public Holdout Mirror { get; init; } = Holdout.RandomPerUser;
}
