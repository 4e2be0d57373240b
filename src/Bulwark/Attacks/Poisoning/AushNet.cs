using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Attacks.Poisoning;

/// <summary>What a step of AUSH sees, ratings as shares of the highest: rows of templates.</summary>
/// <param name="Fillers">The filler ratings of each template, (batch, items).</param>
/// <param name="Real">Those and what the template's user gave the selected items, (batch, items).</param>
/// <param name="Given">What they gave the selected items, 0 where nothing, (batch, selected).</param>
/// <param name="Counted">1 where the generator is to give the same, (batch, selected).</param>
internal sealed record AushBatch(Tensor Fillers, Tensor Real, Tensor Given, Tensor Counted);

/// <summary>The two nets of AUSH: a generator with one hidden layer of 400, a discriminator with three of 150.</summary>
/// <param name="items">Items of the catalog.</param>
/// <param name="selected">Those that the generator rates.</param>
/// <param name="levels">Steps of the scale from nothing to the highest rating.</param>
internal sealed class AushNet(int items, int[] selected, float levels)
{
    private const int Hidden = 400, Width = 150;
    private readonly Mlp _hidden = new("generator", [items, Hidden]);
    private readonly Dense _output = new("generator.output"), _verdict = new("discriminator.verdict");
    private readonly Mlp _layers = new("discriminator", [items, Width, Width, Width]);
    private readonly Tensor _place = Places(items, selected);                                     // (selected, items)

    public Point StartGenerator(Rng rng) => _output.Start(_hidden.Start(new Point(), rng), Hidden, selected.Length, rng);

    public Point StartDiscriminator(Rng rng) => _verdict.Start(_layers.Start(new Point(), rng), Width, 1, rng);

    /// <summary>Ratings of the selected items as shares of the highest, on the scale: (batch, items) to (batch, selected).</summary>
    public Tensor Generate(Point at, Tensor fillers) => (_output.Of(at, _hidden.Of(at, fillers)).Sigmoid() * levels).StraightThroughRound() / levels;

    /// <summary>−ln D(real) − ln(1 − D(fake)), the generator held fixed.</summary>
    public Loss DiscriminatorLoss(AushBatch batch, Point generator)
    {
        var fake = Whole(batch, Generate(generator, batch.Fillers)).Fixed();
        return at => (Judge(at, fake).Softplus() - Judge(at, batch.Real).LogSigmoid()).Sum();
    }

    /// <summary>−ln D(fake) + Σ counted (given − generated)² + Σ (1 − generated)², the discriminator held fixed.</summary>
    public Loss GeneratorLoss(AushBatch batch, Point discriminator)
    {
        var judge = discriminator.Fixed();
        return at =>
        {
            var generated = Generate(at, batch.Fillers);                                         // (batch, selected)
            var (gap, low) = (batch.Given - generated, 1 - generated);
            return (batch.Counted * gap * gap).Sum() + (low * low).Sum() - Judge(judge, Whole(batch, generated)).LogSigmoid().Sum();
        };
    }

    private Tensor Whole(AushBatch batch, Tensor generated) => batch.Fillers + generated.MatMul(_place);

    private Tensor Judge(Point at, Tensor profiles) => _verdict.Of(at, _layers.Of(at, profiles));  // (batch, 1)

    private static Tensor Places(int items, int[] selected)
    {
        var places = new float[selected.Length * items];
        foreach (var (row, item) in selected.Index()) places[row * items + item] = 1;
        return Tensor.Of((selected.Length, items), places).Keep();
    }
}
