using System.Globalization;

namespace Bulwark.Generative;

/// <summary>One epoch of a game. Losses and gradient norms are means over the epoch's steps.</summary>
/// <param name="Epoch">Counted from 1.</param>
/// <param name="CriticLoss">The critic's loss.</param>
/// <param name="GeneratorLoss">The generator's; NaN if it made no step.</param>
/// <param name="CriticGradient">The norm of the critic's gradient.</param>
/// <param name="GeneratorGradient">The norm of the generator's; NaN if it made no step.</param>
/// <param name="CriticSteps">Critic steps before each of the generator's, at the epoch's end.</param>
/// <param name="Quality">Of samples at the epoch's end, if they were measured.</param>
/// <param name="Warning">What is wrong.</param>
public sealed record GameEpoch(
    int Epoch, double CriticLoss, double GeneratorLoss, double CriticGradient, double GeneratorGradient, int CriticSteps, SampleQuality? Quality = null,
    GameWarning Warning = GameWarning.None)
{
    /// <summary>What a line of progress has no number for: the generator's loss, both gradients, samples that repeat each other, and what is wrong.</summary>
    public string InWords => string.Create(CultureInfo.InvariantCulture,
        $"generator's loss {GeneratorLoss:G4}, gradients {CriticGradient:G2} and {GeneratorGradient:G2}") +
        (Quality is { } quality ? string.Create(CultureInfo.InvariantCulture, $", {quality.Duplicates:P0} repeated") : "") +
        (Warning.HasFlag(GameWarning.Collapse) ? ", collapsed" : "") + (Warning.HasFlag(GameWarning.VanishingGradient) ? ", the generator no longer learns" : "");
}
