using Bulwark.Models.Factorization;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tests.Defenses;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class LabelSmoothingTests
{
    /// <summary>
    /// Logits (0, ln 3) are the probabilities (¼, ¾). Class 1 with s = .2: the label is (.1, .9), and −.1 ln ¼ − .9 ln ¾ = .1 ln 4 + .9 ln 4/3.
    /// </summary>
    [Fact]
    public void TheLossIsThatOfTheSoftenedLabel()
    {
        var logits = Tensor.Of((1, 2), 0, MathF.Log(3));
        Assert.Equal(0.1 * Math.Log(4) + 0.9 * Math.Log(4.0 / 3), logits.CrossEntropy(new Ids(1), 0.2f).Item(), 1e-6);
        Assert.Equal(Math.Log(4.0 / 3), logits.CrossEntropy(new Ids(1), 0).Item(), 1e-6);
        Assert.Throws<ArgumentOutOfRangeException>(() => logits.CrossEntropy(new Ids(1), 1.5f));
    }

    [Fact]
    public void ObjectivesTakeIt()
    {
        var (batch, at) = DefenseWorld.Small();
        var classifier = DefenseWorld.Model;
        var expected = classifier.Logits(at).CrossEntropy(batch.Labels, 0.3f);
        Assert.Equal(expected.Values.ToArray(), ClassifierObjectives.CrossEntropy(classifier, 0.3f)(batch, null)(at).Values.ToArray());

        var sequences = new SasRec(Blocks.Items, new(8, Length: 6));
        var (source, start) = (new NextItemSource(Blocks.Train, 6, 10, new Rng(1)), sequences.Start(new Rng(1)));
        var histories = source.Create();
        source.Fill(histories, 0);
        var (hard, soft) = (SequenceObjectives.CrossEntropy(sequences), SequenceObjectives.CrossEntropy(sequences, 0.3f));
        Assert.NotEqual(hard(histories, null)(start).Item(), soft(histories, null)(start).Item());
    }

    /// <summary>One pair of score x and label 1, s = .2: ln(1 + e^x) − .9 x.</summary>
    [Fact]
    public void ClicksMoveTowardsAHalf()
    {
        var model = new MatrixFactorization(1, 1, new(2, Deviation: 1));
        var (at, batch) = (model.Start(new Rng(1)), new LabeledPairs());
        batch.Users.Fill([0]);
        batch.Items.Fill([0]);
        batch.Labels.Refill(1)[0] = 1;
        double x = model.Score(at, batch.Users, batch.Items).Item();
        Assert.Equal(Math.Log(1 + Math.Exp(x)) - 0.9 * x, Objectives.LogLoss(model, 0.2f)(batch, null)(at).Item(), 1e-5);
    }
}
