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
    GameWarning Warning = GameWarning.None);
