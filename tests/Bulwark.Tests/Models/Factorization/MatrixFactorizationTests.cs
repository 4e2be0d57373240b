using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Factorization;

public sealed class MatrixFactorizationTests
{
    /// <summary>p = (1, 2), q = (3, −1): 1; with biases .5 and .25 and μ = 3: 4.75.</summary>
    [Fact]
    public void ScoresWorkedByHand()
    {
        var plain = new MatrixFactorization(1, 1, new(2));
        var at = new Point((plain.Users, Tensor.Of((1, 2), 1, 2)), (plain.Items, Tensor.Of((1, 2), 3, -1)));
        Assert.Equal(1, plain.Score(at, new Ids(0), new Ids(0)).Item());

        var biased = new MatrixFactorization(1, 1, new(2, Biases: true, Mean: 3));
        at = new Point(
            (biased.Users, Tensor.Of((1, 2), 1, 2)), (biased.Items, Tensor.Of((1, 2), 3, -1)), (biased.UserBias, Tensor.Of(1, 0.5f)),
            (biased.ItemBias, Tensor.Of(1, 0.25f)));
        Assert.Equal(4.75f, biased.Score(at, new Ids(0), new Ids(0)).Item());
        Assert.Equal(4.75f, biased.ScoreAll(at, new Ids(0)).Item());
    }

    [Fact]
    public void TheStartIsATruncatedNormal()
    {
        var model = new MatrixFactorization(2000, 10, new(16, Biases: true, Deviation: 0.1f));
        var at = model.Start(new Rng(1));
        var values = at[model.Users].Values.ToArray();
        Assert.True(values.Max(Math.Abs) <= 0.2f);
        Assert.Equal(0, values.Average(), 0.002);
        Assert.Equal(0.0880f, MathF.Sqrt(values.Average(x => x * x)), 0.001f);       // the deviation of a normal truncated at ±2σ is .880σ
        Assert.All(at[model.UserBias].Values.ToArray(), x => Assert.Equal(0, x));
        Assert.Equal(2, model.Start(new Rng(1)).Variables.Length - new MatrixFactorization(2, 2, new(2)).Start(new Rng(1)).Variables.Length);
    }

    /// <summary>Ratings μ + b_u + b_i + p·q of rank one are recovered, also where they were hidden.</summary>
    [Fact]
    public void RatingsOfRankOneAreRecovered()
    {
        const int users = 30, items = 25;
        static float Truth(int user, int item) => 3 + MathF.Sin(user) * 0.5f + MathF.Cos(3 * item) * 0.5f + MathF.Sin(5 * user + 1) * MathF.Sin(7 * item + 2);
        static bool Hidden(int user, int item) => (user * 7 + item * 11) % 10 == 0;
        var pairs = from user in Enumerable.Range(0, users) from item in Enumerable.Range(0, items) select (User: user, Item: item);
        var train = Blocks.Of(users, items, pairs.Where(pair => !Hidden(pair.User, pair.Item)), Truth);
        var model = new MatrixFactorization(users, items, new(1, Biases: true, Mean: 3, Deviation: 0.3f));
        var trainer = new Trainer<LabeledPairs>(
            new RatingSource(train, 64, new Rng(1)), [new("ratings", 120, Objectives.SquaredError(model))],
            new TrainingOptions { Rule = new Adam(0.02f), Schedule = Schedules.Cosine(120 * 11), Ahead = false });
        var at = trainer.Run(model.Start(new Rng(2)), new Rng(3)).At;
        var hidden = pairs.Where(pair => Hidden(pair.User, pair.Item)).ToArray();
        var scores = model.Score(at, new Ids([.. hidden.Select(pair => pair.User)]), new Ids([.. hidden.Select(pair => pair.Item)])).Values.ToArray();
        var error = Math.Sqrt(hidden.Zip(scores, (pair, score) => Math.Pow(Truth(pair.User, pair.Item) - score, 2)).Average());
        Assert.True(error < 0.05, $"RMSE {error:F3} on hidden ratings");
    }
}
