using Bulwark.Data;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Autoencoders;

public sealed class FeatureVaeTests
{
    /// <summary>Three clusters of four numbers with deviation .2, one for each category.</summary>
    private static readonly float[][] Centers = [[2, 0, -2, 1], [-2, 2, 0, 1], [0, -2, 2, -1]];

    private static readonly LabeledInputs Mixture = Draw(600);
    private static readonly FeatureVae Plain = new(4, new(2, 32)), Conditional = new(4, new(3, 24, Centers.Length));
    private static readonly Lazy<Point> PlainAt = new(() => Trained(Plain)), ConditionalAt = new(() => Trained(Conditional));

    /// <summary>More than half fall within 1 of a center, the others between them; of vectors whose columns are drawn apart from one another few do.</summary>
    [Fact]
    public void WhatIsGeneratedFallsIntoTheClusters()
    {
        var drawn = Plain.Generate(PlainAt.Value, new Ids(new int[300]), new Rng(7));
        var nearest = Enumerable.Range(0, 300).Select(row => Nearest(drawn, row)).ToArray();
        Assert.True(nearest.Count(near => near.Distance < 1) > 150, $"{nearest.Count(near => near.Distance < 1)} of 300 within 1 of a center");
        var rng = new Rng(8);
        var apart = Tensor.Of((300, 4), [.. Enumerable.Range(0, 1200).Select(n => Mixture[rng.Next(600)][n % 4])]);
        Assert.InRange(Enumerable.Range(0, 300).Count(row => Nearest(apart, row).Distance < 1), 0, 50);
        foreach (var cluster in Enumerable.Range(0, 3)) Assert.InRange(nearest.Count(near => near.Cluster == cluster), 50, 150);
    }

    [Fact]
    public void GivenACategoryItGeneratesThatCluster()
    {
        var drawn = Conditional.Generate(ConditionalAt.Value, new Ids([.. Enumerable.Range(0, 300).Select(row => row % 3)]), new Rng(7));
        var right = Enumerable.Range(0, 300).Count(row => Nearest(drawn, row) is var (cluster, distance) && cluster == row % 3 && distance < 1);
        Assert.True(right > 285, $"{right} of 300");
        Assert.Equal(0.2, Math.Exp(0.5 * ConditionalAt.Value[Conditional.Noise].Values.ToArray().Average()), 0.08);      // s, what no code explains
    }

    [Fact]
    public void WhatIsReconstructedIsNear()
    {
        var batch = new InputBatch();
        batch.Fill(Mixture, [.. Enumerable.Range(0, 100)]);
        var mean = Plain.Reconstruct(PlainAt.Value, batch.Inputs, batch.Labels);
        Assert.InRange((mean - batch.Inputs).Abs().Mean().Item(), 0, 0.3f);
    }

    /// <summary>
    /// One column, no weights but biases: μ = 1, ln σ² = ln 2, m = 3, ln s² = ln 4, for x = 7: ½ (16 / 4 + ln 4 + ln 2π) and KL = ½ (1 + 2 − ln 2 − 1).
    /// </summary>
    [Fact]
    public void TheBoundWorkedByHand()
    {
        var (model, batch) = (new FeatureVae(1, new(1, 1)), new InputBatch());
        batch.Fill(new LabeledInputs(1, new float[] { 7 }, new[] { 0 }), [0]);
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "mean.bias" => Tensor.Of(1, 1),
            "log-variance.bias" => Tensor.Of(1, MathF.Log(2)),
            "output.bias" => Tensor.Of(1, 3),
            "noise" => Tensor.Of(1, MathF.Log(4)),
            _ => Tensor.Zeros(value.Shape),
        });
        double unlikely = 0.5 * (4 + Math.Log(4) + Math.Log(2 * Math.PI)), divergence = 0.5 * (2 - Math.Log(2));
        Assert.Equal(unlikely, Value(0), 1e-5);
        Assert.Equal(unlikely + 0.3 * divergence, Value(0.3f), 1e-5);

        double Value(float beta) => FeatureObjectives.Variational(model, _ => beta)(batch, null)(at).Item();
    }

    /// <summary>tanh(2 · .5 + e) with e of the second category 1, times 3: 3 tanh 2; and 3 tanh 1 for the first, whose row is 0.</summary>
    [Fact]
    public void ACategoryIsARowOfTheHiddenLayer()
    {
        var model = new FeatureVae(1, new(1, 1, 2));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "decoder.weight" => Tensor.Of((1, 1), 2),
            "categories.decoder" => Tensor.Of((2, 1), 0, 1),
            "output.weight" => Tensor.Of((1, 1), 3),
            _ => Tensor.Zeros(value.Shape),
        });
        var decoded = model.Decode(at, Tensor.Of((2, 1), 0.5f, 0.5f), new Ids(0, 1)).Values;
        Assert.Equal(3 * MathF.Tanh(1), decoded[0], 1e-5f);
        Assert.Equal(3 * MathF.Tanh(2), decoded[1], 1e-5f);
    }

    /// <summary>With chance: each gradient along itself, by differences of the fourth order.</summary>
    [Fact]
    public void GradientsAreThoseOfDifferences()
    {
        const float h = 0.02f, length = 0.3f;
        var (model, batch) = (new FeatureVae(4, new(2, 3, 3)), new InputBatch());
        batch.Fill(Mixture, [0, 1, 2, 3, 4, 5]);
        var at = model.Start(new Rng(1)).Map((variable, value) => Tensor.Uniform(value.Shape, -0.5f, 0.5f, new Rng(2).Fork(variable.Name)));
        foreach (var variable in at.Variables)
        {
            var gradient = Grad.Of(Loss, at, variable).Move[variable];
            var norm = Math.Sqrt(gradient.Values.ToArray().Sum(g => (double)g * g));
            Assert.True(norm > 1e-3, $"{variable}: {norm}");
            var difference = (8 * (Value(h) - Value(-h)) - (Value(2 * h) - Value(-2 * h))) / (12 * h);
            Assert.True(Math.Abs(length * norm - difference) <= 0.02 * difference + 1e-2, $"{variable}: {length * norm}, by differences {difference}");

            double Value(float t) => Loss(at + new Move((variable, gradient * (float)(t * length / norm)))).Item();
        }

        Tensor Loss(Point point) => FeatureObjectives.Variational(model, _ => 0.7f)(batch, new Rng(5))(point);
    }

    [Fact]
    public void EveryOptionCountsAndGenerationFollowsTheSeed()
    {
        var first = Of(new(3, 5, 2), 1);
        Assert.Equal(first, Of(new(3, 5, 2), 1));
        foreach (var options in new FeatureVaeOptions[] { new(4, 5, 2), new(3, 6, 2), new(3, 5, 3), new(3, 5) }) Assert.NotEqual(first, Of(options, 1));
        Assert.NotEqual(first, Of(new(3, 5, 2), 2));

        static float[] Of(FeatureVaeOptions options, ulong seed)
        {
            var model = new FeatureVae(4, options);
            return model.Generate(model.Start(new Rng(1)), new Ids(0, 1), new Rng(seed)).Values.ToArray();
        }
    }

    private static Point Trained(FeatureVae model)
    {
        var objective = FeatureObjectives.Variational(model, BagObjectives.Annealed(1, 400));
        var trainer = new Trainer<InputBatch>(
            new InputSource(Mixture, 50, new Rng(2)), [new("all", 120, objective)], new TrainingOptions { Rule = new Adam(0.01f), Ahead = false });
        return trainer.Run(model.Start(new Rng(3)), new Rng(4)).At;
    }

    private static LabeledInputs Draw(int count)
    {
        var noise = Tensor.Gaussian((count, 4), 0.2f, new Rng(1)).Values.ToArray();
        return new(4, noise.Select((x, n) => Centers[n / 4 % 3][n % 4] + x).ToArray(), Enumerable.Range(0, count).Select(n => n % 3).ToArray());
    }

    private static (int Cluster, double Distance) Nearest(Tensor rows, int row)
    {
        var own = rows.Values.Slice(row * 4, 4).ToArray();
        return Centers.Select((center, cluster) => (cluster, Math.Sqrt(center.Zip(own).Sum(pair => Math.Pow(pair.First - pair.Second, 2))))).MinBy(near => near.Item2);
    }
}
