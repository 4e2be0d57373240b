using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Defenses.Inputs;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Classifiers;

namespace Bulwark.Tests.Defenses.Inputs;

public sealed class SoftSqueezingTests
{
    /// <summary>k = 4: σ(−2), σ(0), σ(2); the slope at ½ is k σ (1 − σ) = 4 / 4.</summary>
    [Fact]
    public void ValuesAndSlopeByHand()
    {
        var squeezed = new SoftSqueezing(DefenseWorld.BarsModel, 4);
        Assert.Equal([0.119203f, 0.5f, 0.880797f], squeezed.Squeeze(Tensor.Of(3, 0, 0.5f, 1)).Values.ToArray(), (x, y) => MathF.Abs(x - y) < 1e-6f);
        var x = new Variable("x");
        var (_, slope) = Grad.Of(at => squeezed.Squeeze(at[x]).Sum(), new Point((x, Tensor.Of(1, 0.5f))), [x]);
        Assert.Equal(1, slope[x].Item(), 1e-6f);
        Assert.Throws<ArgumentOutOfRangeException>(() => new SoftSqueezing(DefenseWorld.BarsModel, 0));
    }

    /// <summary>
    /// Gray noise ends at .4 and bars stand at .8, so that a move of .05 cannot hide a bar from who sees black and white: the same net, trained alike, keeps far
    /// more under the strongest attacks of both sorts, and the one without gradients finds no more than the one with them.
    /// </summary>
    [Fact]
    public void WhatIsFarFromTheBorderIsSafe()
    {
        MlpClassifier plain = new([64, 32, 3]), inner = new([64, 32, 3]);
        var squeezed = new SoftSqueezing(inner, 20);
        var (without, with) = (Left(plain), Left(squeezed));
        Assert.True(with.Apgd > without.Apgd + 0.3 && with.Square >= with.Apgd, $"{without} without, {with} with");

        (double Apgd, double Square) Left(IClassifier model)
        {
            var (at, threat) = (Bars.Trained(model), new Threat(new LinfBall(0.05f), model.Inputs) { Box = (0, 1) });
            return (Robust(SuiteAttack.Targeted("apgd", new Apgd(20))), Robust(SuiteAttack.Margin("square", new Square(200))));

            double Robust(SuiteAttack attack) => Suite.Run(model, at, Bars.Test.Part(0, 200), threat, [attack], new Rng(1)).Robust;
        }
    }
}
