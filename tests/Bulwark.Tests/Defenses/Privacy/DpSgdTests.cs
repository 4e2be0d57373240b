using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Defenses.Privacy;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Models;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses.Privacy;

public sealed class DpSgdTests
{
    private static readonly MultDae Dae = new(Blocks.Items, new(3, 4));
    private static readonly MatrixFactorization Mf = new(Blocks.Users, Blocks.Items, new(4, Biases: true));
    private static readonly UserExamples<BagBatch> Bags = UserExamples.Bags(Blocks.Train);
    private static readonly UserExamples<Triples> Pairs = UserExamples.Triples(Blocks.Train);
    private static readonly Variable A = new("a"), B = new("b");

    /// <summary>Gradients (3, 0) and 4 are 5 long together: at C = 1 each is a fifth, at C = 10 they stay.</summary>
    [Theory]
    [InlineData(1, 0.2f)]
    [InlineData(10, 1)]
    public void AllParametersAreClippedTogether(float clip, float kept)
    {
        var at = new Point((A, Tensor.Of(2, 1, 1)), (B, Tensor.Scalar(1)));
        Objective<BagBatch> linear = (_, _) => point => (point[A] * Tensor.Of(2, 3, 0)).Sum() + point[B] * 4;
        var gradient = Grad.Of(new DpSgd(clip, 0, 1).Of(linear)(Users(Bags, 0), null), at).Move;
        Assert.Equal([3 * kept, 0], gradient[A].Values.ToArray().Select(value => MathF.Round(value, 5)));
        Assert.Equal(4 * kept, gradient[B].Item(), 1e-5f);
        Assert.Equal(Math.Min(5, clip), gradient.Norm, 1e-5);
    }

    /// <summary>Whoever is left out, the sum moves by at most C; and by C where the user's gradient is longer. Tried for every user and two models.</summary>
    [Fact]
    public void OneUserMovesTheSumByAtMostC()
    {
        const float Clip = 0.5f;
        Check(Bags, BagObjectives.Multinomial(Dae), Dae.Start(new Rng(1)));
        Check(Pairs, Objectives.Bpr(Mf), Mf.Start(new Rng(1)).Map((_, value) => value + 0.3f));

        void Check<TBatch>(UserExamples<TBatch> users, Objective<TBatch> objective, Point at) where TBatch : IBatch
        {
            var dp = new DpSgd(Clip, 0, 1).Of(objective);
            int[] all = [.. Enumerable.Range(0, users.Count)];
            var sum = Grad.Of(dp(Users(users, all), null), at).Move;
            foreach (var left in all)
            {
                var moved = (sum + -Grad.Of(dp(Users(users, [.. all.Where(user => user != left)]), null), at).Move).Norm;
                Assert.InRange(moved, 0.999 * Math.Min(Clip, Grad.Of(objective(Users(users, left)[0], null), at).Move.Norm), 1.001 * Clip);
            }
        }
    }

    /// <summary>Without noise and bound it is the mean gradient of the plain loss, row-sparse or dense.</summary>
    [Fact]
    public void WithoutNoiseAndBoundItIsPlainDescent()
    {
        var plain = new BagBatch();
        plain.Fill(Blocks.Train.ByUser, [0, 3, 20], Blocks.Items, 0);
        var at = Dae.Start(new Rng(1));
        Same(BagObjectives.Multinomial(Dae)(plain, null), new DpSgd(float.PositiveInfinity, 0, 6).Of(BagObjectives.Multinomial(Dae))(Users(Bags, 0, 3, 20), null), at);

        var (users, triples) = (Users(Pairs, 0, 3, 20), new Triples());
        triples.Users.Fill(Joined(batch => batch.Users));
        triples.Positives.Fill(Joined(batch => batch.Positives));
        triples.Negatives.Fill(Joined(batch => batch.Negatives));
        Same(Objectives.Bpr(Mf)(triples, null), new DpSgd(float.PositiveInfinity, 0, 6).Of(Objectives.Bpr(Mf))(users, null), Mf.Start(new Rng(1)));

        int[] Joined(Func<Triples, Ids> column) => [.. Enumerable.Range(0, users.Count).SelectMany(n => column(users[n]).Rows.ToArray())];

        static void Same(Loss expected, Loss actual, Point at)
        {
            var (plain, dp) = (Grad.Of(expected, at), Grad.Of(actual, at));
            Assert.Equal(plain.Value.Item(), dp.Value.Item(), 1e-3f);
            foreach (var variable in dp.Move.Variables)
            {
                var given = plain.Move.TryGet(variable, out var delta) ? (delta * (1f / 6)).Values.ToArray() : new float[at[variable].Shape.Count];
                for (var i = 0; i < given.Length; i++) Assert.Equal(given[i], dp.Move[variable].Values[i], 1e-5f);
            }
        }
    }

    /// <summary>Nobody was drawn, and still every number of every table moves: by N(0, (σC / B)²).</summary>
    [Fact]
    public void NoiseFallsOnEverything()
    {
        var (mf, dp) = (new MatrixFactorization(400, 300, new(8, Biases: true)), new DpSgd(0.5f, 3, 10));
        var at = mf.Start(new Rng(1));
        var gradient = Grad.Of(dp.Of(Objectives.Bpr(mf))(Users(Pairs), new Rng(7)), at).Move;
        Assert.Equal(4, gradient.Variables.Length);
        foreach (var variable in gradient.Variables)
        {
            double[] values = [.. gradient[variable].Values.ToArray().Select(value => (double)value)];
            var (mean, deviation) = (values.Average(), Math.Sqrt(values.Average(value => value * value)));
            Assert.InRange(mean, -0.15 * 5 / Math.Sqrt(values.Length), 0.15 * 5 / Math.Sqrt(values.Length));       // five standard errors
            Assert.Equal(0.15, deviation, 0.15 * 5 / Math.Sqrt(2 * values.Length));
            Assert.DoesNotContain(0, values);
        }
        var (users, items) = (gradient[mf.Users].Values.ToArray(), gradient[mf.Items].Values.ToArray());
        Assert.NotEqual(users[..100], items[..100]);         // each table has its own
    }

    /// <summary>Rows that stay with their users have the plain gradient, and the bound counts only the rest.</summary>
    [Fact]
    public void LocalRowsAreLeftAlone()
    {
        var (at, objective) = (Mf.Start(new Rng(1)).Map((_, value) => value + 0.3f), Objectives.Bpr(Mf));
        var dp = new DpSgd(0.1f, 2, 1) { Local = [Mf.Users, Mf.UserBias] };
        var plain = Grad.Of(objective(Users(Pairs, 4)[0], null), at).Move;
        var noisy = Grad.Of(dp.Of(objective)(Users(Pairs, 4), new Rng(1)), at).Move;
        Assert.Equal(plain[Mf.Users].Values.ToArray(), noisy[Mf.Users].Values.ToArray());
        var bounded = Grad.Of((dp with { Noise = 0 }).Of(objective)(Users(Pairs, 4), null), at).Move;
        Assert.Equal(0.1, new Move((Mf.Items, bounded[Mf.Items]), (Mf.ItemBias, bounded[Mf.ItemBias])).Norm, 1e-5);
    }

    /// <summary>At small noise users' blocks are told apart; at huge noise nothing is learned; and a defense goes inside.</summary>
    [Fact]
    public void ItLearnsAsFarAsTheNoiseLetsIt()
    {
        Assert.True(Loss(Trained(0.1f)) < 0.8 * Loss(Dae.Start(new Rng(2))), $"{Loss(Trained(0.1f))} of {Loss(Dae.Start(new Rng(2)))}");
        Assert.True(Loss(Trained(0.1f)) < 0.9 * Loss(Trained(100)));
        Assert.False(TrainingWorld.AreSame(Trained(0.1f), Trained(0.1f, new GradientPenalty(0.1f, Dae.Tables).Harden(BagObjectives.Multinomial(Dae)))));

        static double Loss(Point at)
        {
            var batch = new BagBatch();
            batch.Fill(Blocks.Train.ByUser, [.. Enumerable.Range(0, Blocks.Users)], Blocks.Items, 0);
            return BagObjectives.Multinomial(Dae)(batch, null)(at).Item();
        }
    }

    /// <summary>A classifier whose unit is the input, with a loss that has a value for each.</summary>
    [Fact]
    public void AnInputCanBeTheUser()
    {
        var model = DefenseWorld.Model;
        var objective = ClassifierObjectives.OnInputs(model, ClassifierObjectives.CrossEntropy(model));
        var inputs = new LabeledInputs(3, new float[] { 1, 2, 3, -1, 0, 2 }, new[] { 0, 3 });
        var users = Users(UserExamples.Inputs(inputs), 0, 1);
        var gradient = Grad.Of(new DpSgd(0.01f, 0, 1).Of(objective)(users, null), model.Start(new Rng(1))).Move;
        Assert.InRange(gradient.Norm, 1e-4, 0.0201);
    }

    [Fact]
    public void WhatCannotBePrivateIsRefused()
    {
        Assert.Contains("no privacy", Refused(new(1, 1, 1)));
        Assert.Contains("C finite", Refused(new(float.PositiveInfinity, 1, 1)));
        Assert.Contains("B > 0", Refused(new(1, 0, 0)));

        static string Refused(DpSgd dp) =>
            Assert.Throws<ArgumentException>(() => dp.Of(BagObjectives.Multinomial(Dae))(Users(Bags, 0), null)(Dae.Start(new Rng(1)))).Message;
    }

    internal static Point Trained(float noise, Objective<BagBatch>? objective = null)
    {
        var dp = new DpSgd(1, noise, 15).Of(objective ?? BagObjectives.Multinomial(Dae));
        var trainer = new Trainer<UserBatch<BagBatch>>(
            new PoissonSource<BagBatch>(Bags, 0.5, new Rng(3)), [new("dp", 60, dp)], new() { Rule = new Adam(0.02f), Ahead = false });
        return trainer.Run(Dae.Start(new Rng(2)), new Rng(4)).At;
    }

    private static UserBatch<TBatch> Users<TBatch>(UserExamples<TBatch> examples, params int[] users) where TBatch : IBatch
    {
        var batch = new UserBatch<TBatch>(examples.Create);
        batch.Refill(users.Length);
        for (var n = 0; n < users.Length; n++) examples.Fill(batch[n], users[n], 0, new Rng(5).Fork(users[n]));
        return batch;
    }
}

/// <summary>The same bits with any number of threads.</summary>
[Collection("Team")]
public sealed class DpSgdThreadTests
{
    [Fact]
    public void ThreadsDoNotChangeABit() => World.WithAnyThreads(() =>
    {
        var at = DpSgdTests.Trained(1);
        return [.. at.Variables.ToArray().SelectMany(variable => at[variable].Values.ToArray())];
    });
}
