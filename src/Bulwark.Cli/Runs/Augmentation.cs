using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>Made-up actions for users with few (<c>--augment behavior-gan</c>). Models learn from them; they are neither saved nor judged nor masked.</summary>
internal static class Augmentation
{
    /// <summary>Complains where it would do nothing, or harm.</summary>
    /// <exception cref="UsageException">The model keeps rows rather than weights, predicts ratings, or is to be private; or the lengths make no sense.</exception>
    public static void Check(Resolved settings)
    {
        if (!settings.Get(Known.Augment)) return;
        var kind = settings.Get(Known.Model);
        if (kind.Learning is null || kind.PredictsRatings)
            throw new UsageException($"--augment adds interactions for weights to learn from, and {kind} has no use for them; choose a model such as bpr, ials or mult-vae.");
        if (settings.Get(Known.Privacy) is not null)
            throw new UsageException("--augment learns from all users without the noise of --privacy; leave one of them out.");
        if (settings.Get(Known.AugmentLength) < settings.Get(Known.AugmentBelow))
            throw new UsageException("augment.length is less than augment.below: nobody would get anything; make it larger.");
    }

    /// <summary>The rows with those made up behind them; the same rows where none are asked for.</summary>
    /// <exception cref="UsageException">There are fewer items than a user is to have.</exception>
    public static Interactions Of(Resolved settings, Interactions train, Status status, CancellationToken cancel)
    {
        if (!settings.Get(Known.Augment)) return train;
        var (below, length) = (settings.Get(Known.AugmentBelow), settings.Get(Known.AugmentLength));
        if (length > train.ItemCount) throw new UsageException($"augment.length {length} is more than the {train.ItemCount} items there are; use at most {train.ItemCount}.");
        var rng = new Rng(settings.Get(Known.Seed1)).Fork("augment");
        return new Lengthening(below, length).Of(train, Behavior(settings, train, rng, status, cancel), rng.Fork("lengthening"));
    }

    /// <summary>What was made up, in a sentence; none where nothing was.</summary>
    public static IEnumerable<string> InWords(Resolved settings) => !settings.Get(Known.Augment) ? []
        : [$"Users with fewer than {settings.Get(Known.AugmentBelow)} items had made-up ones in training, {settings.Get(Known.AugmentLength)} with their own."];

    /// <summary>A generator of behavior, trained on these users.</summary>
    public static ProfileSampler Behavior(Resolved settings, Interactions train, Rng rng, Status status, CancellationToken cancel, float[][]? traits = null)
    {
        var epochs = settings.Get(Known.BehaviorEpochs);
        return new BehaviorGan(train, new(epochs, epochs), traits).Train(rng.Fork("behavior"), status.Of("behavior-gan"), cancel).Sampler;
    }
}
