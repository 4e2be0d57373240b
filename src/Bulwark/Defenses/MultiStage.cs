using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>Training in stages: clean first, then hardened with ε growing by a schedule.</summary>
public static class MultiStage
{
    /// <summary>The stages for the trainer.</summary>
    /// <param name="objective">The clean objective.</param>
    /// <param name="cleanEpochs">Epochs before the defense.</param>
    /// <param name="hardenEpochs">Epochs with it, split evenly over the radii.</param>
    /// <param name="radii">ε of each hardened stage, in order.</param>
    /// <param name="defense">The defense for a radius.</param>
    public static IReadOnlyList<Stage<TBatch>> Of<TBatch>(
        Objective<TBatch> objective, int cleanEpochs, int hardenEpochs, IReadOnlyList<float> radii, Func<float, IDefense> defense) =>
        [new("clean", cleanEpochs, objective), .. Of(hardenEpochs, radii, radius => defense(radius).Harden(objective))];

    /// <summary>The hardened stages alone.</summary>
    /// <param name="hardenEpochs">Epochs, split evenly over the radii.</param>
    /// <param name="radii">ε of each stage, in order.</param>
    /// <param name="hardened">The hardened objective for a radius.</param>
    public static IReadOnlyList<Stage<TBatch>> Of<TBatch>(int hardenEpochs, IReadOnlyList<float> radii, Func<float, Objective<TBatch>> hardened)
    {
        if (radii.Count == 0) throw new ArgumentException("A multi-stage defense needs at least one radius.");
        var stages = new List<Stage<TBatch>>();
        for (var i = 0; i < radii.Count; i++)
        {
            var epochs = hardenEpochs * (i + 1) / radii.Count - hardenEpochs * i / radii.Count;
            stages.Add(new($"ε {radii[i]:G3}", epochs, hardened(radii[i])));
        }
        return stages;
    }
}
