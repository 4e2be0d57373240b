using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative;

public sealed class FeatureGanTests
{
    private static readonly LabeledInputs _items = World(120, new Rng(1));
    private static readonly FeatureGanOptions _options = new(40, 150) { Batch = 30, Latent = 2, Hidden = 16, Deviation = 0.2f, Rate = 5e-3f };
    private static readonly (FeatureSampler Sampler, GameResult Result) _trained = new FeatureGan(_items, 2, _options).Train(new Rng(2));

    /// <summary>A world whose right answer is known: vectors (a, a + 10 c, 7) of category c, a from 0 to 2; the last says nothing.</summary>
    private static LabeledInputs World(int count, Rng rng)
    {
        var (values, labels) = (new float[3 * count], new int[count]);
        for (var item = 0; item < count; item++)
        {
            var (a, c) = (2 * rng.NextSingle(), labels[item] = item % 2);
            (values[3 * item], values[3 * item + 1], values[3 * item + 2]) = (a, a + 10 * c, 7);
        }
        return new(3, values, labels);
    }

    [Fact]
    public void NewItemsAreOfTheirCategory()
    {
        var x = Rows(_trained.Sampler.Draw(new Ids(Enumerable.Repeat(0, 100).Concat(Enumerable.Repeat(1, 100)).ToArray()), new Rng(3)));
        Assert.All(x, row => Assert.Equal(7, row[2], 1e-5f));
        Assert.All(x[..100], row => Assert.InRange(row[1], -2, 5));
        Assert.All(x[100..], row => Assert.InRange(row[1], 7, 15));
        Assert.InRange(x[..100].Average(row => Math.Abs(row[1] - row[0])), 0, 0.8);
        Assert.InRange(x.Max(row => row[0]) - x.Min(row => row[0]), 0.8, 4);
        Assert.All(_trained.Result.Curve, epoch => Assert.True(epoch is { GeneratorGradient: > 0, CriticGradient: > 0 }));
    }

    /// <summary>Neighbors are nearer than new items; half-way between a = 0 and a = .8 lies about a = .4.</summary>
    [Fact]
    public void NeighborsAreNearAndBetweenIsBetween()
    {
        var (x, zeros) = (Tensor.Of((2, 3), 0.3f, 0.3f, 7, 1.7f, 1.7f, 7), new Ids(0, 0));
        var near = Rows(_trained.Sampler.Near(x, zeros, 0.1f, new Rng(3)));
        Assert.InRange(near[0][0], -0.3f, 0.9f);
        Assert.InRange(near[1][0], 1.1f, 2.3f);
        var between = Rows(_trained.Sampler.Between(Tensor.Of((1, 3), 0, 0, 7), Tensor.Of((1, 3), 0.8f, 0.8f, 7), 0.5f, new Ids(0)))[0];
        Assert.InRange(between[0], 0.1f, 0.7f);
        Assert.InRange(Math.Abs(between[0] - between[1]), 0, 0.5f);
    }

    [Fact]
    public void EqualSeedsGiveEqualItemsAndSettingsChangeThem()
    {
        var small = new FeatureGanOptions(3, 2) { Batch = 60, Latent = 2, Hidden = 8 };
        var items = Made(small, 1);
        Assert.Equal(items, Made(small, 1));
        Assert.NotEqual(items, Made(small, 2));
        foreach (var other in new[]
        {
            small with { Epochs = 6 }, small with { Before = 4 }, small with { Adversarial = 5 }, small with { Rate = 0.05f }, small with { Latent = 3 },
            small with { Hidden = 10 }, small with { Batch = 20 }, small with { Deviation = 0.1f },
        })
            Assert.NotEqual(items, Made(other, 1));
        Assert.NotEqual(items, Values(new FeatureGan(_items, 2, small).TrainAlone(new Rng(1))));

        static float[] Made(FeatureGanOptions options, ulong seed) => Values(new FeatureGan(_items, 2, options).Train(new Rng(seed)).Sampler);

        static float[] Values(FeatureSampler sampler) => sampler.Draw(new Ids(0, 1), new Rng(5)).Values.ToArray();
    }

    private static float[][] Rows(Tensor x) => [.. Enumerable.Range(0, x.Shape[0]).Select(row => x.Values.Slice(3 * row, 3).ToArray())];
}
