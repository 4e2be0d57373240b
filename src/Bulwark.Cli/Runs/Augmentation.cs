using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Generative;
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

    /// <summary>The rows with those made up behind them, and the generator's game; the same rows and none where none are asked for.</summary>
    /// <exception cref="UsageException">There are fewer items than a user is to have.</exception>
    public static (Interactions Rows, GameResult? Game) Of(Resolved settings, Interactions train, Status status, CancellationToken cancel)
    {
        if (!settings.Get(Known.Augment)) return (train, null);
        var (below, length) = (settings.Get(Known.AugmentBelow), settings.Get(Known.AugmentLength));
        if (length > train.ItemCount) throw new UsageException($"augment.length {length} is more than the {train.ItemCount} items there are; use at most {train.ItemCount}.");
        var rng = new Rng(settings.Get(Known.Seed1)).Fork("augment");
        var (sampler, game) = Behavior(settings, train, rng, status, cancel);
        return (new Lengthening(below, length).Of(train, sampler, rng.Fork("lengthening")), game);
    }

    /// <summary>What was made up, in a sentence; none where nothing was.</summary>
    public static IEnumerable<string> InWords(Resolved settings) => !settings.Get(Known.Augment) ? []
        : [$"Users with fewer than {settings.Get(Known.AugmentBelow)} items had made-up ones in training, {settings.Get(Known.AugmentLength)} with their own."];

    /// <summary>The report with the generator's game, where there was one, and with what went wrong in it.</summary>
    public static Report With(this Report report, GameResult? game) => game is null ? report : report.With([new("behavior-gan", game.Curve)]);

    /// <summary>The report with these games, and with what went wrong in them.</summary>
    public static Report With(this Report report, IReadOnlyList<ReportGame> games) => report with
    {
        Games = games,
        Warnings = [.. report.Warnings, .. games.SelectMany(Doubts)],
    };

    /// <summary>What is wrong with a generator, a sentence each.</summary>
    public static IEnumerable<string> Doubts(ReportGame game)
    {
        if (game.Warning.HasFlag(GameWarning.Collapse))
            yield return $"The generator {game.Model} has collapsed: what it makes covers too little or repeats itself; set another number of epochs.";
        if (game.Warning.HasFlag(GameWarning.VanishingGradient))
            yield return $"The generator {game.Model} no longer learns, for its gradient has vanished; set fewer epochs.";
    }

    /// <summary>A generator of behavior, trained on these users, and its game.</summary>
    public static (ProfileSampler Sampler, GameResult Game) Behavior(
        Resolved settings, Interactions train, Rng rng, Status status, CancellationToken cancel, float[][]? traits = null)
    {
        var epochs = settings.Get(Known.BehaviorEpochs);
        return new BehaviorGan(train, new(epochs, epochs), traits).Train(rng.Fork("behavior"), status.Of("behavior-gan"), cancel);
    }
}
