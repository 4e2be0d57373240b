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
