using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>One round of <see cref="IteratedHardening"/>.</summary>
/// <param name="Round">Counted from 1; 0 is the model before any hardening.</param>
/// <param name="Clean">The figure without an attack.</param>
/// <param name="Attacked">The figure under attack.</param>
public sealed record HardeningRound(int Round, double Clean, double Attacked)
{
    /// <summary>The share of the clean figure that is lost under attack.</summary>
    public double Lost => Clean > 0 ? 1 - Attacked / Clean : 0;
}

/// <summary>Train, attack, train on the attack, and again, until at most a share of the figure is lost under attack or the rounds run out.</summary>
/// <param name="MostLost">The robustness target: the largest share of the clean figure that an attack may take.</param>
/// <param name="Rounds">The most rounds.</param>
public sealed record IteratedHardening(double MostLost, int Rounds)
{
    /// <summary>Runs the loop.</summary>
    /// <param name="trained">The model before hardening.</param>
    /// <param name="harden">Trains one round on from a result, given all that was measured: the coming round's number is how many there are.</param>
    /// <param name="measure">The figure of a point without and under attack, on validation data.</param>
    /// <param name="progress">Hears each round.</param>
    /// <returns>The hardened result, every round, and whether the target holds.</returns>
    public (TrainingResult Result, IReadOnlyList<HardeningRound> Rounds, bool Reached) Run(
        TrainingResult trained, Func<TrainingResult, IReadOnlyList<HardeningRound>, TrainingResult> harden, Func<Point, (double Clean, double Attacked)> measure,
        IProgress<HardeningRound>? progress = null)
    {
        var (result, rounds) = (trained, new List<HardeningRound>());
        for (var round = 0; ; round++)
        {
            var (clean, attacked) = measure(result.At);
            rounds.Add(new HardeningRound(round, clean, attacked));
            progress?.Report(rounds[^1]);
            if (rounds[^1].Lost <= MostLost || round == Rounds) return (result, rounds, rounds[^1].Lost <= MostLost);
            result = harden(result, rounds);
        }
    }
}
