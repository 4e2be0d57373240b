using Bulwark.Tensors;
using Bulwark.Tests.Defenses;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class MixupTests
{
    /// <summary>For a model of constant logits the mixed loss is a mean of label losses, whatever the mix; evaluation mixes nothing.</summary>
    [Fact]
    public void EvaluationIsTheCrossEntropyAndTrainingIsNot()
    {
        var (batch, at) = DefenseWorld.Small();
        var (plain, mixed) = (ClassifierObjectives.CrossEntropy(DefenseWorld.Model), Mixup.CrossEntropy(DefenseWorld.Model, 1));
        Assert.Equal(plain(batch, null)(at).Sum().Item(), mixed(batch, null)(at).Sum().Item());
        float[] values = [.. Enumerable.Range(0, 6).Select(seed => mixed(batch, new Rng((ulong)seed))(at).Sum().Item())];
        Assert.Equal(values[2], mixed(batch, new Rng(2))(at).Sum().Item());
        Assert.Equal(6, values.Distinct().Count());
    }

    /// <summary>
    /// Inputs e_0, e_1 with classes 0, 1 through identity logits: in the swapped order the mixed inputs are (w, 1 − w) and (1 − w, w), each with the loss
    /// w CE(·, 0) + (1 − w) CE(·, 1) of ln(e^w + e^{1−w}) − (w² + (1 − w)²); in the same order it is the plain loss.
    /// </summary>
    [Fact]
    public void TheLossIsTheMixByHand()
    {
        var (model, batch) = (new Identity(), new InputBatch());
        batch.Fill(new(2, new float[] { 1, 0, 0, 1 }, new[] { 0, 1 }), [0, 1]);
        var at = new Point((model.Inputs, batch.Inputs));
        var (plain, swapped) = (2 * (Math.Log(Math.E + 1) - 1), 0);
        for (var seed = 0ul; seed < 12; seed++)
        {
            var draw = new Rng(seed).Fork("mixup");
            var w = draw.NextDouble();                       // Beta(1, 1) is uniform
            var value = Mixup.CrossEntropy(model, 1)(batch, new Rng(seed))(at).Sum().Item();
            if (Math.Abs(value - plain) < 1e-5) continue;
            swapped++;
            Assert.Equal(2 * (Math.Log(Math.Exp(w) + Math.Exp(1 - w)) - (w * w + (1 - w) * (1 - w))), value, 1e-4);
        }
        Assert.InRange(swapped, 2, 10);
    }

    private sealed class Identity : Bulwark.Models.Classifiers.IClassifier
    {
        public Variable Inputs { get; } = new("inputs");

        public Point Start(Rng rng) => new();

        public Tensor Logits(Point at, Rng? rng = null) => at[Inputs];
    }
}
