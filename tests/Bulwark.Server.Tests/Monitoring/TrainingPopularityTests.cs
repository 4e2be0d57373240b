using Bulwark.Server.Monitoring;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class TrainingPopularityTests
{
    [Fact]
    public void DrawsFromTrainingAreWithinTheirNoise()
    {
        var traffic = new Traffic(1);
        var training = new TrainingPopularity(traffic.Train(200_000), new Rng(1));
        double[] z = [.. Enumerable.Range(0, 100).Select(n => Standardized(training, new(n, traffic.Next(500))))];
        Assert.InRange(z.Average(), -0.5, 0.5);
        Assert.InRange(z.Count(value => value > 3), 0, 3);
        traffic.Shift = 5;
        Assert.True(Standardized(training, new(0, traffic.Next(500))) > 10);
    }

    [Fact]
    public void WhatTrainingNeverSawSharesNothingWithIt()
    {
        var training = new TrainingPopularity(new Traffic(1).Train(1000), new Rng(1));
        Assert.Equal(1, training.Of(new(0, [new(0, 5000, 0, 0), new(1, 5001, 0, 0)])).Divergence, 12);
    }

    private static double Standardized(TrainingPopularity training, TrafficWindow window)
    {
        var (divergence, noise) = training.Of(window);
        return noise.Standardize(divergence);
    }
}
