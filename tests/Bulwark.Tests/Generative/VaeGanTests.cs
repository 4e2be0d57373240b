using Bulwark.Generative;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tests.Defenses;

namespace Bulwark.Tests.Generative;

/// <summary>Pictures of 4 × 4, two halvings deep.</summary>
public sealed class VaeGanTests
{
    private static readonly Shape Image = new(4, 4, 1);

    private static readonly ConvolutionalGenerator Generator = new(3, Image, [6, 5], 2);

    private static readonly ConvolutionalCritic Critic = new(Image, [4, 6], 7, 2);

    private static readonly ConvolutionalEncoder Encoder = new(Image, [4, 6], 7, 3);

    private static readonly Examples Batch = new(Tensor.Uniform((5, 4, 4, 1), 0, 1, new Rng(1)), Examples.OneHot(new Ids(0, 1, 1, 0, 1), 2));

    private static readonly VaeGan Model = new(Encoder, Generator, Critic, AdversarialLoss.NonSaturating) { Deviation = 0.5f, Adversarial = 3 };

    private static readonly Point At = Model.Start(new Rng(2)).With(Critic.Start(new Rng(3)));

    [Fact]
    public void ShapesFit()
    {
        var images = Generator.Generate(At, 5, Batch.Given, new Rng(4));
        Assert.Equal(Batch.Real.Shape, images.Shape);
        Assert.All(images.Values.ToArray(), pixel => Assert.InRange(pixel, 0, 1));
        Assert.Equal((new Shape(5, 7), new Shape(5)), (Critic.Features(At, images, Batch.Given).Shape, Critic.Score(At, images, Batch.Given).Shape));
        Assert.Equal(new Shape(5, 3), Encoder.Encode(At, images).Mean.Shape);
        Assert.Throws<ArgumentException>(() => new ConvolutionalCritic(new(6, 6, 1), [4, 4], 7).Start(new Rng(1)));
    }

    /// <summary>At the ends an example as the autoencoder keeps it; between equal ones nothing else.</summary>
    [Fact]
    public void BetweenTwoExamplesLieOthers()
    {
        var other = Tensor.Uniform(Batch.Real.Shape, 0, 1, new Rng(9));
        AssertNear(Kept(Batch.Real), Model.Between(At, Batch.Real, other, 0, Batch.Given));
        AssertNear(Kept(other), Model.Between(At, Batch.Real, other, 1, Batch.Given));
        AssertNear(Kept(other), Model.Between(At, other, other, 0.3f, Batch.Given));
        var halfway = Model.Between(At, Batch.Real, other, 0.5f, Batch.Given).Values.ToArray();
        Assert.NotEqual(Kept(other).Values.ToArray(), halfway);
        Assert.NotEqual(Kept(Batch.Real).Values.ToArray(), halfway);

        Tensor Kept(Tensor x) => Generator.Decode(At, Encoder.Encode(At, x).Mean, Batch.Given);

        static void AssertNear(Tensor expected, Tensor actual) =>
            Assert.Equal(expected.Values.ToArray(), actual.Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-4f);
    }

    /// <summary>
    /// Codes (3, 0) and (0, 1) of an encoder and a generator that change nothing: halfway the direction (3, 1)/√10 at the length 2, not √10 / 2.
    /// </summary>
    [Fact]
    public void HalfwayWorkedByHand()
    {
        var encoder = new MlpEncoder(2, [2], 2);
        var generator = new MlpGenerator(2, [], 2);
        var model = new VaeGan(encoder, generator, new MlpCritic(2, [2]), AdversarialLoss.NonSaturating);
        var at = model.Start(new Rng(1)).Map((_, value) => value.Shape.Rank == 2 ? Tensor.Of((2, 2), 1, 0, 0, 1) : Tensor.Zeros(value.Shape));
        var between = model.Between(at, Tensor.Of((1, 2), 3, 0), Tensor.Of((1, 2), 0, 1), 0.5f).Values;
        Assert.Equal(6 / MathF.Sqrt(10), between[0], 1e-5f);
        Assert.Equal(2 / MathF.Sqrt(10), between[1], 1e-5f);
    }

    [Fact]
    public void WhatIsGivenCounts()
    {
        var other = Tensor.Of((5, 2), 0, 1, 1, 0, 1, 0, 0, 1, 1, 0);
        var (images, changed) = (Generator.Generate(At, 5, Batch.Given, new Rng(4)), Generator.Generate(At, 5, other, new Rng(4)));
        Assert.True((images - changed).Abs().Max(0).Values.ToArray().Max() > 1e-3);
        Assert.NotEqual(Critic.Score(At, images, Batch.Given).Values.ToArray(), Critic.Score(At, images, other).Values.ToArray());
    }

    /// <summary>½ ‖f(x) − f(G(z))‖² / s² + KL, over 5, and 3 times the GAN's own loss.</summary>
    [Fact]
    public void TheLossIsTheFormula()
    {
        var rng = new Rng(9);
        var (mean, logVariance) = Encoder.Encode(At, Batch.Real);
        var decoded = Generator.Decode(At, GaussianCode.Draw(mean, logVariance, rng.Fork("reconstruct")), Batch.Given);
        var error = Critic.Features(At, Batch.Real, Batch.Given).SquaredError(Critic.Features(At, decoded, Batch.Given)).Item();
        var gan = new Gan(Generator, Critic, AdversarialLoss.NonSaturating).On<Examples>(examples => examples);
        var expected = (0.5 * error / 0.25 + GaussianCode.Divergence(mean, logVariance).Item()) / 5 + 3 * gan.Generator(Batch, rng)(At).Item();
        var game = Model.On<Examples>(examples => examples);
        Assert.Equal(expected, game.Generator(Batch, rng)(At).Item(), 1e-4);
        Assert.Equal(gan.Critic(Batch, rng)(At).Item(), game.Critic(Batch, rng)(At).Item());
        var alone = Model.Alone<Examples>(examples => examples, 0.5f)(Batch, rng.Fork("reconstruct"))(At).Item();
        Assert.Equal(0.5 * Batch.Real.SquaredError(decoded).Item() / 0.25 + GaussianCode.Divergence(mean, logVariance).Item(), alone, 1e-3);
    }

    /// <summary>What passes for real teaches the generator alone: of codes from N(0, 1) the encoder knows nothing.</summary>
    [Fact]
    public void TheEncoderDoesNotPlayAgainstTheCritic()
    {
        Move Of(float weight) => Grad.Of((Model with { Adversarial = weight }).On<Examples>(examples => examples).Generator(Batch, new Rng(9)), At).Move;
        var (with, without) = (Of(3), Of(0));
        foreach (var variable in Encoder.Start(new Rng(1)).Variables) Assert.Equal(without[variable].Values.ToArray(), with[variable].Values.ToArray());
        Assert.Contains(Generator.Start(new Rng(1)).Variables.ToArray(), variable => (without[variable] - with[variable]).NormOfRows().Sum().Item() > 1e-4);
    }

    /// <summary>
    /// The penalty of a convolutional critic is differentiated through: the slope of the loss along random directions, from a start with no kink of relu near.
    /// </summary>
    [Fact]
    public void ThePenaltyReachesThroughConvolutions()
    {
        var at = Critic.Start(new Rng(4));
        Loss penalty = point => UnitSlope.Penalty((here, x) => Critic.Score(here, x, Batch.Given), point, Batch.Real);
        DefenseWorld.AssertSlopes(penalty, at, Grad.Of(penalty, at).Move, 1e-2, 1e-3f);
    }

    /// <summary>
    /// D(x | c) = f · (w + V c) + b: the score of (a + b) / 2 lies halfway between those of a and b, which differ, and a score given nothing is w's alone.
    /// </summary>
    [Fact]
    public void TheConvolutionalCriticProjectsWhatIsGiven()
    {
        var (a, b) = (Examples.OneHot(new Ids(0, 0, 0, 0, 0), 2), Examples.OneHot(new Ids(1, 1, 1, 1, 1), 2));
        var (one, other, between) = (Score(a), Score(b), Score((a + b) * 0.5f));
        Assert.Equal(one.Zip(other, (x, y) => (x + y) / 2), between, (x, y) => Math.Abs(x - y) < 1e-5f);
        Assert.All(one.Zip(other), pair => Assert.True(Math.Abs(pair.First - pair.Second) > 1e-4));
        Assert.Equal(Score(null), Score(a * 0), (x, y) => Math.Abs(x - y) < 1e-6f);            // V's bias starts at 0

        float[] Score(Tensor? given) => Critic.Score(At, Batch.Real, given).Values.ToArray();
    }
}
