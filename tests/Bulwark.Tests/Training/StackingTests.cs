using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;
using Bulwark.Tests.Evaluation;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class StackingTests
{
    /// <summary>
    /// Two items of equal popularity, four users with one item each in training but none of these; the member prefers item 0, which three of four want. The
    /// differences are +1 three times and −1 once, and σ(a) = ¾ makes −3 ln σ(a) − ln σ(−a) least: a = ln 3. All histories are as long: h = 0.
    /// </summary>
    [Fact]
    public void TheOptimumWorkedByHand()
    {
        var train = Blocks.Of(4, 2, []);
        var held = Blocks.Of(4, 2, [(0, 0), (1, 0), (2, 0), (3, 1)]);
        var member = new TableModel([.. Enumerable.Repeat(new float[] { 1, 0 }, 4)]);
        var stack = Stacking.Fit([member], ScoreScales.Range, train, held, new(400, 1), new Rng(1));
        Assert.Equal(MathF.Log(3), stack.Weights[0], 0.01f);
        Assert.Equal([0, 0, 0], stack.Weights.Skip(1));
    }

    /// <summary>
    /// Users with one item in training want what the first member says, users with four what the second says; the other member points elsewhere. Weights that
    /// depend on the length of the history get all of them right, which no blend does.
    /// </summary>
    [Fact]
    public void MembersAreTrustedByTheLengthOfTheHistory()
    {
        const int users = 40, items = 12;
        var (rng, pairs, wanted) = (new Rng(3), new List<(int, int)>(), new int[users]);
        float[][] first = new float[users][], second = new float[users][];
        for (var user = 0; user < users; user++)
        {
            var known = user % 2 == 0 ? 1 : 4;
            for (var item = 0; item < known; item++) pairs.Add((user, item));
            wanted[user] = 4 + rng.Next(4);
            var wrong = 8 + rng.Next(4);
            (first[user], second[user]) = (new float[items], new float[items]);
            first[user][user % 2 == 0 ? wanted[user] : wrong] = 1;
            second[user][user % 2 == 0 ? wrong : wanted[user]] = 1;
        }
        var train = Blocks.Of(users, items, pairs);
        var held = Blocks.Of(users, items, wanted.Select((item, user) => (user, item)));
        IRecommender[] members = [new TableModel(first), new TableModel(second)];
        var stack = Stacking.Fit(members, ScoreScales.Range, train, held, new(60), new Rng(1));
        Assert.Equal(users, Right(stack));
        Assert.True(Right(new Stack(members, ScoreScales.Range, train)) < users);
        Assert.True(stack.Weights[1] < 0 && stack.Weights[3] > 0, string.Join(", ", stack.Weights));

        int Right(IRecommender model) => Enumerable.Range(0, users).Count(user =>
        {
            var scores = new float[items];
            model.Score([user], scores);
            return Enumerable.Range(0, items).All(item => item == wanted[user] || item < 4 || scores[item] < scores[wanted[user]]);
        });
    }

    [Fact]
    public void EveryOptionCountsAndSoDoesTheSeed()
    {
        var held = Blocks.Test;
        float[] Row(int user) => [.. Enumerable.Range(0, Blocks.Items).Select(item => (float)(user * item % 7))];
        var member = new TableModel([.. Enumerable.Range(0, Blocks.Users).Select(Row)]);
        var weights = Fit(new());
        Assert.Equal(weights, Fit(new()));
        foreach (var options in new StackingOptions[] { new(19), new(Negatives: 9), new(Rate: 0.01f), new(L2: 0.1f) }) Assert.NotEqual(weights, Fit(options));
        Assert.NotEqual(weights, Fit(new(), 2));
        Assert.Contains("held out", Assert.Throws<ArgumentException>(
            () => Stacking.Fit([member], ScoreScales.Range, Blocks.Train, Blocks.Test.Select([]), new(), new Rng(1))).Message);

        float[] Fit(StackingOptions options, ulong seed = 1) => [.. Stacking.Fit([member], ScoreScales.Range, Blocks.Train, held, options, new Rng(seed)).Weights];
    }
}
