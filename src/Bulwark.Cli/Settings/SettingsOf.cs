using static Bulwark.Cli.Settings.Known;

namespace Bulwark.Cli.Settings;

/// <summary>Which settings belong together: a verb declares them as one.</summary>
internal static class SettingsOf
{
    /// <summary>What decides the data.</summary>
    public static Setting[] Data => [DataPath, DataFormat, DataOnError, MinInteractions, Context, DataSeed, .. Shop];

    /// <summary><see cref="Data"/> for verbs whose only chance is the data's.</summary>
    public static Setting[] DataOf => [.. Data.Where(setting => setting != DataSeed), SeedOfData];

    /// <summary>What decides the generated shop.</summary>
    public static Setting[] Shop => [Shoppers, Products, Events, Categories, Brands, Noise, Drift, FraudAccounts, FraudTargets];

    /// <summary>What decides a model.</summary>
    public static Setting[] ModelShape =>
    [
        Dimension, Biases, Dropout, Neighbors, Length, Ridge, Shrinkage, Similarity, Asymmetry, Weighting, UnseenWeight, Iterations, Alpha, Beta, Layers, Blocks, Heads,
        Loss, Scale, Columns, UserColumns, ItemVectors, VectorWidth, FineTune, Profile,
    ];

    /// <summary>What decides what an ensemble is made of.</summary>
    public static Setting[] Ensemble => [Members, Bags, BagShare];

    /// <summary>What decides the items that its losses compare with.</summary>
    public static Setting[] Sampling => [Negatives, NegativesPerClick, Candidates, Drawn, Margin, DrawnWeight];

    /// <summary>What decides the goals beside accuracy.</summary>
    public static Setting[] Goals => [Propensity, Correlation];

    /// <summary>What decides hardening.</summary>
    public static Setting[] Hardening => [HardenEpochs, Defense, HardenAttack, HardenEpsilon, HardenWeight, HardenRounds, HardenTarget];

    /// <summary>What decides its training.</summary>
    public static Setting[] Training =>
    [
        Epochs, Batch, Rate, Optimizer, Cosine, WarmUp, Average, AverageAfter, .. Sampling, .. Goals, L1, L2, Clip,
        Patience, Privacy, PrivacyClip, EncoderEpochs, VectorCache,
    ];

    /// <summary>What decides training's made-up actions.</summary>
    public static Setting[] Augmenting => [Augment, AugmentBelow, AugmentLength, BehaviorEpochs];

    /// <summary>What decides the search for settings.</summary>
    public static Setting[] Tuning => [Trials, Search, Tune, Front];

    /// <summary>What decides the attacks.</summary>
    public static Setting[] Attacking => [Known.Attacks, Epsilons, Relative, OnFeatures, Restarts];

    /// <summary>What a robustness gate asks for.</summary>
    public static Setting[] Gate => [GateAttack, GateEpsilon, Relative, MaxLoss, NoiseTries];

    /// <summary>What decides an attack by fake accounts.</summary>
    public static Setting[] Poisoning => [Poison, Targets, Selected, Accounts, Fillers, Goal];

    /// <summary>What decides an attack on histories.</summary>
    public static Setting[] EditingHistories => [History, MostEdits, Target, Sample];

    /// <summary>What decides an attack by edited texts, beside its targets.</summary>
    public static Setting[] Editing => [TextColumn, Reader, Words, LeastSimilarity];
}
