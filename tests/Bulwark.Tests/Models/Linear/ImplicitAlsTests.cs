using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Linear;
using Bulwark.Tensors;
using Bulwark.Tests.Models.Neighbors;

namespace Bulwark.Tests.Models.Linear;

public sealed class ImplicitAlsTests
{
    private static readonly Interactions Train = World.Random(60, 40, 400);

    /// <summary>
    /// One factor, items q = (1, 2), a user who touched item 0: p = 1 / (w (1 + 4) + 1 + λ (1 + 2w)), and with ν = 0 λ alone.
    /// </summary>
    [Theory]
    [InlineData(1, 1 / (0.5 * 5 + 1 + 0.1 * 2))]
    [InlineData(0, 1 / (0.5 * 5 + 1 + 0.1))]
    public void ARowWorkedByHand(float exponent, double expected)
    {
        var model = ImplicitAls.Model(1, 2, new(1, 1, 0.5f, 0.1f, exponent));
        var at = new Point((model.Users, Tensor.Of((1, 1), 0)), (model.Items, Tensor.Of((2, 1), 1, 2)));
        Assert.Equal(2 * expected, model.ScoreHistory(at, new Ids(0))!.Values[1], 1e-6);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void TheObjectiveNeverRises(int steps)
    {
        var last = double.PositiveInfinity;
        for (var iterations = 1; iterations <= 8; iterations++)
        {
            var options = new ImplicitAlsOptions(6, iterations, 0.2f, 0.05f, GradientSteps: steps);
            var loss = Loss(Fit(options, out var model), model, options);
            Assert.True(loss <= last * (1 + 1e-6), $"after {iterations} iterations {loss}, before {last}");
            last = loss;
        }
    }

    /// <summary>As many steps as factors solve each row: the two solvers agree.</summary>
    [Fact]
    public void GradientsAtConvergenceAreExact()
    {
        var exact = Fit(new(6, 5, 0.2f, 0.05f), out var model)[model.Users].Values.ToArray();
        var stepped = Fit(new(6, 5, 0.2f, 0.05f, GradientSteps: 12), out model)[model.Users].Values.ToArray();
        for (var n = 0; n < exact.Length; n++) Assert.Equal(exact[n], stepped[n], 1e-4f);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(20)]
    public void SomeoneWithAKnownHistoryGetsTheSameScores(int steps)
    {
        var options = new ImplicitAlsOptions(6, 5, 0.2f, 0.05f, GradientSteps: steps);
        var at = Fit(options, out var model);
        var recommender = new PointRecommender(model, at, new Popularity(60, Train.ItemCounts()));
        var scores = new float[40];
        Assert.Equal(ScoreSource.FoldIn, recommender.ScoreHistory([.. Train.ByUser.Items(5), Train.ByUser.Items(5)[0]], scores));
        foreach (var (own, folded) in ItemKnnTests.Scores(recommender, 5).Zip(scores)) Assert.Equal(own, folded, 1e-4f);
    }

    [Fact]
    public void EverySettingChangesTheResult()
    {
        ImplicitAlsOptions options = new(6, 3, 0.2f, 0.05f);
        ImplicitAlsOptions[] settings =
        [
            options, options with { Dimension = 7 }, options with { Iterations = 4 }, options with { UnseenWeight = 0.3f }, options with { L2 = 0.1f },
            options with { Exponent = 0 }, options with { GradientSteps = 1 },
        ];
        Assert.Equal(settings.Length, settings.Select(one => Fit(one, out var model)[model.Users].Values[0]).Distinct().Count());
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(options with { L2 = 0 }, out _));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fit(options with { UnseenWeight = -1 }, out _));
    }

    /// <summary>A user without interactions has a row of zeros, also where only pairs that occur have weight.</summary>
    [Fact]
    public void AUserWithoutInteractionsIsNothing()
    {
        var train = Blocks.Of(3, 3, [(0, 0), (0, 1), (2, 1), (2, 2)]);
        var options = new ImplicitAlsOptions(2, 3, 0, 0.1f);
        var model = ImplicitAls.Model(3, 3, options);
        Assert.Equal([0, 0], ImplicitAls.Fit(model, train, options, new Rng(1))[model.Users].Values.Slice(2, 2).ToArray());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public void ThreadsChangeNoBit(int steps) =>
        World.WithAnyThreads(() => Fit(new(16, 2, 0.2f, 0.05f, GradientSteps: steps), out var model)[model.Users].Values.ToArray());

    [Fact]
    public void ProgressIsHeardAndCancellationStops()
    {
        var (heard, stop) = (new List<int>(), new CancellationTokenSource());
        var options = new ImplicitAlsOptions(4, 5);
        var model = ImplicitAls.Model(60, 40, options);
        Assert.Throws<OperationCanceledException>(() => ImplicitAls.Fit(model, Train, options, new Rng(1), new Listener(n =>
        {
            heard.Add(n);
            if (n == 3) stop.Cancel();
        }), stop.Token));
        Assert.Equal([1, 2, 3], heard);
    }

    private static Point Fit(ImplicitAlsOptions options, out MatrixFactorization model)
    {
        model = ImplicitAls.Model(60, 40, options);
        return ImplicitAls.Fit(model, Train, options, new Rng(1));
    }

    /// <summary>The objective, pair by pair.</summary>
    private static double Loss(Point at, MatrixFactorization model, ImplicitAlsOptions options)
    {
        var (x, d, loss) = (World.Matrix(Train), options.Dimension, 0.0);
        var p = at[model.Users].Values;
        var q = at[model.Items].Values;
        for (var u = 0; u < 60; u++)
            for (var i = 0; i < 40; i++)
            {
                var dot = 0.0;
                for (var c = 0; c < d; c++) dot += p[u * d + c] * q[i * d + c];
                loss += x[u, i] * (dot - 1) * (dot - 1) + options.UnseenWeight * dot * dot;
            }
        for (var u = 0; u < 60; u++) loss += Ridge(p.Slice(u * d, d), Enumerable.Range(0, 40).Sum(i => x[u, i]) + options.UnseenWeight * 40);
        for (var i = 0; i < 40; i++) loss += Ridge(q.Slice(i * d, d), Enumerable.Range(0, 60).Sum(u => x[u, i]) + options.UnseenWeight * 60);
        return loss;

        double Ridge(ReadOnlySpan<float> row, double scale)
        {
            var square = 0.0;
            foreach (var value in row) square += value * value;
            return options.L2 * scale * square;
        }
    }

    private sealed class Listener(Action<int> hear) : IProgress<int>
    {
        public void Report(int value) => hear(value);
    }
}
