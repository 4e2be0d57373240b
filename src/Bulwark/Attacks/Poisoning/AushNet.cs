using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>What a step of AUSH sees, ratings as shares of the highest: rows of templates.</summary>
/// <param name="Fillers">The filler ratings of each template, (batch, items).</param>
/// <param name="Real">Those and what the template's user gave the selected items, (batch, items).</param>
/// <param name="Given">What they gave the selected items, 0 where nothing, (batch, selected).</param>
/// <param name="Counted">1 where the generator is to give the same, (batch, selected).</param>
internal sealed record AushBatch(Tensor Fillers, Tensor Real, Tensor Given, Tensor Counted);

/// <summary>The generator of AUSH, with one hidden layer of 400, and the discriminator that it is to pass.</summary>
/// <param name="items">Items of the catalog.</param>
/// <param name="selected">Those that the generator rates.</param>
/// <param name="levels">Steps of the scale from nothing to the highest rating.</param>
internal sealed class AushNet(int items, int[] selected, float levels)
{
    private const int Hidden = 400;
    private readonly Mlp _hidden = new("generator", [items, Hidden]);
    private readonly Dense _output = new("generator.output");
    private readonly ProfileJudge _judge = new(items);
    private readonly Tensor _place = Places(items, selected);                                     // (selected, items)

    public Point StartGenerator(Rng rng) => _output.Start(_hidden.Start(new Point(), rng), Hidden, selected.Length, rng);

    public Point StartDiscriminator(Rng rng) => _judge.Start(rng);

    /// <summary>Ratings of the selected items as shares of the highest, on the scale: (batch, items) to (batch, selected).</summary>
    public Tensor Generate(Point at, Tensor fillers) => (_output.Of(at, _hidden.Of(at, fillers)).Sigmoid() * levels).StraightThroughRound() / levels;

    /// <summary>−ln D(real) − ln(1 − D(fake)), the generator held fixed.</summary>
    public Loss DiscriminatorLoss(AushBatch batch, Point generator) => _judge.Loss(batch.Real, Whole(batch, Generate(generator, batch.Fillers)));

    /// <summary>−ln D(fake) + Σ counted (given − generated)² + Σ (1 − generated)², the discriminator held fixed.</summary>
    public Loss GeneratorLoss(AushBatch batch, Point discriminator)
    {
        var judge = discriminator.Fixed();
        return at =>
        {
            var generated = Generate(at, batch.Fillers);                                         // (batch, selected)
            var (gap, low) = (batch.Given - generated, 1 - generated);
            return (batch.Counted * gap * gap).Sum() + (low * low).Sum() - _judge.Of(judge, Whole(batch, generated)).LogSigmoid().Sum();
        };
    }

    private Tensor Whole(AushBatch batch, Tensor generated) => batch.Fillers + generated.MatMul(_place);

    private static Tensor Places(int items, int[] selected)
    {
        var places = new float[selected.Length * items];
        foreach (var (row, item) in selected.Index()) places[row * items + item] = 1;
        return Tensor.Of((selected.Length, items), places).Keep();
    }
}
