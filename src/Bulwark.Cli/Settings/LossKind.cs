namespace Bulwark.Cli.Settings;

/// <summary>What a model's training makes small, where there is a choice.</summary>
internal enum LossKind
{
    /// <summary>Touched items above others.</summary>
    Bpr,

    /// <summary>Cosines of touched items near 1, of others below a margin.</summary>
    Ccl,

    /// <summary>The next item against one that is not, each by itself.</summary>
    Binary,

    /// <summary>The next item among some drawn for the batch.</summary>
    Sampled,

    /// <summary>The next item among all.</summary>
    Full,

    /// <summary>The next item above the likeliest of some drawn for the batch.</summary>
    BprMax,
}

/// <summary>Losses by name.</summary>
internal static class LossKinds
{
    private static readonly (string Word, LossKind Loss)[] Losses =
    [
        ("bpr", LossKind.Bpr), ("ccl", LossKind.Ccl), ("sampled", LossKind.Sampled), ("full", LossKind.Full), ("bpr-max", LossKind.BprMax), ("binary", LossKind.Binary),
    ];

    public static LossKind Parse(string text) => Settings.Parse.Word("loss", Losses)(text);

    /// <summary>The complaint about a loss that a model is not learned by.</summary>
    public static UsageException Misfit(string model, Resolved settings, params IEnumerable<LossKind> possible) => new(
        $"{model} is not learned by the loss '{settings.Origin(Known.Loss).Value}'; set {Known.Loss.Key} to one of " +
        $"{string.Join(", ", Losses.Where(loss => possible.Contains(loss.Loss)).Select(loss => loss.Word))}.");
}
