using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Generative;

/// <summary>x = |c| + .1 ε: what a straight line cannot complete, for c is even-handed.</summary>
public sealed class CompletionTests
{
    private static readonly LabeledInputs Pairs = Draw(600, 1);
    private static readonly Completion Model = new(new MlpGenerator(1, [32], 1, 1), new MlpCritic(1, [16], 1), AdversarialLoss.Wasserstein, 1);

    /// <summary>The variance of |c| for c uniform in ±1 is 1/12: a mean errs by 1/12 + .01, the truth by .01, and the best line by as much as the mean.</summary>
    [Theory]
    [InlineData(0f)]
    [InlineData(0.1f)]
    public void ItCompletesWhatALineCannot(float adversarial)
    {
        var model = Model with { Adversarial = adversarial };
        var at = Played(model);
        var test = Examples.Paired(1)(Batch(Draw(300, 9)));
        var completed = model.Complete(at, test.Given!, 8, new Rng(4));
        Assert.True(test.Real.SquaredError(completed).Item() / 300 < 0.025);
    }

    /// <summary>E ‖x − G‖² + w L_G(D(G)), with the draws of each purpose.</summary>
    [Fact]
    public void TheLossIsTheFormula()
    {
        var examples = Examples.Paired(1)(Batch(Pairs));
        var at = Model.Generator.Start(new Rng(1)).With(Model.Critic.Start(new Rng(2)));
        var error = examples.Real.SquaredError(Model.Generator.Generate(at, 600, examples.Given, new Rng(3).Fork("complete"))).Item() / 600;
        var fake = Model.Generator.Generate(at, 600, examples.Given, new Rng(3).Fork("examples"));
        var expected = error - 2 * Model.Critic.Score(at, fake, examples.Given).Mean().Item();
        Assert.Equal(expected, (Model with { Adversarial = 2 }).On<Examples>(all => all).Generator(examples, new Rng(3))(at).Item(), 1e-4f);
    }

    /// <summary>The mean of draws is their mean.</summary>
    [Fact]
    public void ManyDrawsAreAveraged()
    {
        var (at, given) = (Model.Generator.Start(new Rng(1)), Tensor.Zeros((5, 1)));
        var mean = (Draw(0) + Draw(1) + Draw(2)) * (1 / 3f);
        Assert.Equal(mean.Values.ToArray(), Model.Complete(at, given, 3, new Rng(2)).Values.ToArray(), (x, y) => Math.Abs(x - y) < 1e-6f);
        Assert.NotEqual(Draw(0).Values.ToArray(), Draw(1).Values.ToArray());

        Tensor Draw(int draw) => Model.Generator.Generate(at, 5, given, new Rng(2).Fork(draw));
    }

    /// <summary>An image given to a generator passes convolutions: another image, another example; and both parts learn.</summary>
    [Fact]
    public void APictureMayBeGiven()
    {
        var generator = new PictureGiven((4, 4, 1), [2], new MlpGenerator(1, [8], 2, PictureGiven.Width((4, 4, 1), [2])));
        var (at, pictures) = (generator.Start(new Rng(1)), Tensor.Uniform((3, 16), 0, 1, new Rng(2)));
        Assert.Equal(8, PictureGiven.Width((4, 4, 1), [2]));                                     // 2 × 2 places of 2 channels
        Assert.NotEqual(Make(at, pictures).Values.ToArray(), Make(at, pictures * 0.5f).Values.ToArray());
        var gradient = Grad.Of(point => Make(point, pictures).Sum(), at).Move;
        Assert.All(at.Variables.ToArray(), variable => Assert.True(gradient.TryGet(variable, out _), variable.Name));

        Tensor Make(Point point, Tensor given) => generator.Generate(point, 3, given, new Rng(3));
    }

    private static Point Played(Completion model)
    {
        var rule = new Adam(0.01f, 0.5f);
        var options = new GameOptions(40) { CriticSteps = 1, Critic = rule, Generator = rule, Averaging = 0.9f, Ahead = false };
        return new GameTrainer<InputBatch>(new InputSource(Pairs, 50, new Rng(5)), model.On(Examples.Paired(1)), options).Run(
            model.Critic.Start(new Rng(6)), model.Generator.Start(new Rng(7)), new Rng(8)).Generator;
    }

    private static InputBatch Batch(LabeledInputs from)
    {
        var batch = new InputBatch();
        batch.Fill(from, [.. Enumerable.Range(0, from.Count)]);
        return batch;
    }

    private static LabeledInputs Draw(int count, ulong seed)
    {
        var (rng, x, c) = (new Rng(seed), new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            c[i] = 2 * rng.NextSingle() - 1;
            x[i] = MathF.Abs(c[i]) + 0.1f * (float)rng.NextGaussian();
        }
        return new LabeledInputs(1, x, new int[count]).Beside(new LabeledInputs(1, c, new int[count]));
    }
}
