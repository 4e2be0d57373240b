using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class InputAugmentationTests
{
    /// <summary>5 × 5, one channel, a dot of 1 in row 1, column 3.</summary>
    private static InputBatch Dot()
    {
        var (values, batch) = (new float[25], new InputBatch());
        values[1 * 5 + 3] = 1;
        batch.Fill(new LabeledInputs((5, 5, 1), values, new[] { 0 }), [0]);
        return batch;
    }

    private static (double Mass, double Row, double Column) Middle(InputBatch batch)
    {
        var values = batch.Inputs.Values.ToArray();
        var mass = values.Sum();
        return (mass, values.Select((v, at) => v * (at / 5)).Sum() / mass, values.Select((v, at) => v * (at % 5)).Sum() / mass);
    }

    [Fact]
    public void WithoutAmountsNothingMoves()
    {
        var batch = Dot();
        InputAugmentation.Shifted()(batch, new Rng(1));
        InputAugmentation.Noise(0)(batch, new Rng(1));
        Assert.Equal(Dot().Inputs.Values.ToArray(), batch.Inputs.Values.ToArray());
    }

    /// <summary>Bilinear reading keeps the dot's mass and moves its middle by the shift, which both axes draw within a pixel.</summary>
    [Fact]
    public void AShiftMovesTheMiddleByWhatWasDrawn()
    {
        for (var seed = 0ul; seed < 20; seed++)
        {
            var (batch, rng) = (Dot(), new Rng(seed));
            InputAugmentation.Shifted(pixels: 1)(batch, new Rng(seed));
            rng.NextSingle();                                // the turn and the size, of amount 0
            rng.NextSingle();
            var (down, right) = (2 * rng.NextSingle() - 1, 2 * rng.NextSingle() - 1);
            var (mass, row, column) = Middle(batch);
            Assert.Equal((1, 1 + down, 3 + right), (Math.Round(mass, 4), row, column), Near);
        }
    }

    /// <summary>The dot stands one above and one right of the middle (2, 2), at the distance √2: a turn keeps the distance, a scale changes it.</summary>
    [Fact]
    public void ATurnKeepsTheDistanceAndAScaleChangesIt()
    {
        var (turned, angles) = (new List<double>(), new List<double>());
        for (var seed = 0ul; seed < 20; seed++)
        {
            var batch = Dot();
            InputAugmentation.Shifted(degrees: 45)(batch, new Rng(seed));
            var (_, row, column) = Middle(batch);
            turned.Add(Math.Sqrt((row - 2) * (row - 2) + (column - 2) * (column - 2)));
            angles.Add(Math.Atan2(2 - row, column - 2) * 180 / Math.PI);
            batch = Dot();
            InputAugmentation.Shifted(scale: 0.25f)(batch, new Rng(seed));
            var (_, y, x) = Middle(batch);
            var factor = 1 + 0.25 * Scale(seed);
            Assert.Equal(45, Math.Atan2(2 - y, x - 2) * 180 / Math.PI, 1.0);
            if (factor < 1) Assert.True(Math.Sqrt((y - 2) * (y - 2) + (x - 2) * (x - 2)) < Math.Sqrt(2) + 0.02);
        }
        Assert.All(turned, distance => Assert.Equal(Math.Sqrt(2), distance, 0.25));
        Assert.All(angles, angle => Assert.InRange(angle, -5, 95));
        Assert.True(angles.Max() - angles.Min() > 45);

        static double Scale(ulong seed)
        {
            var rng = new Rng(seed);
            rng.NextSingle();
            return 2 * rng.NextSingle() - 1;
        }
    }

    [Fact]
    public void NoiseHasTheDeviationAndIsNewEachStep()
    {
        var inputs = new LabeledInputs(4, new float[4000], new int[1000]);
        var source = new AugmentedSource<InputBatch>(new InputSource(inputs, 500, new Rng(1)), new Rng(2), InputAugmentation.Noise(0.3f));
        var batch = source.Create();
        float[] At(long step)
        {
            source.Fill(batch, step);
            return batch.Inputs.Values.ToArray();
        }
        var first = At(0);
        Assert.Equal(0.3, Math.Sqrt(first.Average(x => x * x)), 0.02);
        Assert.Equal(0, first.Average(), 0.02);
        Assert.NotEqual(first, At(2));                       // the next epoch
        Assert.Equal(first, At(0));
    }

    [Fact]
    public void WhatIsNoImageIsRefused()
    {
        var batch = new InputBatch();
        batch.Fill(new LabeledInputs(4, new float[4], new[] { 0 }), [0]);
        Assert.Contains("augment other inputs with noise", Assert.Throws<ArgumentException>(() => InputAugmentation.Shifted(1)(batch, new Rng(1))).Message);
    }

    private static bool Near((double, double, double) x, (double, double, double) y) =>
        Math.Abs(x.Item1 - y.Item1) < 1e-3 && Math.Abs(x.Item2 - y.Item2) < 1e-3 && Math.Abs(x.Item3 - y.Item3) < 1e-3;
}
