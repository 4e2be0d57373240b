using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Which training rows become validation rows.</summary>
public enum Holdout
{
    /// <summary>The last item of each user.</summary>
    LastPerUser,

    /// <summary>A random item of each user.</summary>
    RandomPerUser,

    /// <summary>A random share of each user's items.</summary>
    Share,
}

/// <summary>Ways to part data into training and test rows. All keep the full vocabularies.</summary>
public static class Splits
{
    /// <summary>Random, <paramref name="trainShare"/> of each user's items for training.</summary>
    public static Split ByShare(Interactions interactions, double trainShare, Rng rng) => throw new NotImplementedException();

    /// <summary>The last item of each user for testing; users with one item stay in training.</summary>
    public static Split LeaveLastOut(Interactions interactions) => throw new NotImplementedException();

    /// <summary>The earliest <paramref name="trainShare"/> of all rows for training.</summary>
    public static Split ByTime(Interactions interactions, double trainShare) => throw new NotImplementedException();

    /// <summary>The parts that the files bring.</summary>
    public static Split Given(Dataset dataset) => throw new NotImplementedException();

    /// <summary>Random folds over rows, for cross-validation of ratings: one split for each fold as the test part.</summary>
    public static Split[] KFold(Interactions interactions, int folds, Rng rng) => throw new NotImplementedException();

    /// <summary>Carves a validation part from the training part alone.</summary>
    public static Split Validation(Split split, Holdout how, Rng rng, double share = 0.1) => throw new NotImplementedException();
}
