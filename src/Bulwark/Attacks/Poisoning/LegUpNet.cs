using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>The generator of Leg-UP, an autoencoder with a layer of 128 and learned thresholds, and the discriminator that it is to pass.</summary>
/// <param name="items">Items of the catalog.</param>
/// <param name="targets">What every profile holds.</param>
/// <param name="levels">Steps of the scale from nothing to the highest rating.</param>
internal sealed class LegUpNet(int items, IReadOnlyList<int> targets, float levels)
{
    private const int Hidden = 128;
    private readonly Mlp _hidden = new("generator", [items, Hidden]);
    private readonly Dense _output = new("generator.output");
    private readonly Variable _thresholds = new("generator.thresholds");
    private readonly Tensor _targets = Tensor.Of((1, items), [.. Enumerable.Range(0, items).Select(item => targets.Contains(item) ? 1f : 0)]).Keep();

    /// <summary>The discriminator.</summary>
    public ProfileJudge Judge { get; } = new(items);

    private int Levels => (int)MathF.Round(levels);

    /// <summary>Thresholds start halfway between the ratings.</summary>
    public Point StartGenerator(Rng rng) => _output.Start(_hidden.Start(new Point(), rng), Hidden, items, rng)
        .With(_thresholds, Tensor.Of(Levels, [.. Enumerable.Range(0, Levels).Select(k => k + 0.5f)]));

    /// <summary>Σ_k H(x − θ_k) at the fillers, as shares of the highest rating: (batch, items) to the same.</summary>
    public Tensor Generate(Point at, Tensor fillers)
    {
        var x = _output.Of(at, _hidden.Of(at, fillers)).Sigmoid() * Levels;                      // (batch, items)
        var sum = Tensor.Zeros(fillers.Shape);
        for (var k = 0; k < Levels; k++) sum = (x - at[_thresholds].Slice(0, k, 1)).StraightThroughStep() + sum;
        return sum * fillers.Sign() / Levels;
    }

    /// <summary>What the surrogate sees of the accounts: the generated shares, and the targets.</summary>
    public Tensor Clicks(Tensor shares) => shares + _targets;

    /// <summary>D + mean −ln D(fake), D the distance that the surrogate puts the targets from the top; the discriminator held fixed.</summary>
    public Loss GeneratorLoss(Tensor fillers, Point discriminator, Func<Tensor, Tensor> distance)
    {
        var judge = discriminator.Fixed();
        return at =>
        {
            var generated = Generate(at, fillers);
            return distance(Clicks(generated)) - Judge.Of(judge, generated).LogSigmoid().Mean();
        };
    }
}
