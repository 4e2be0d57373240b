using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

/// <summary>What every model must do, on worlds with known answers.</summary>
public sealed class ModelContractTests
{
    private static readonly Dictionary<string, Lazy<Trained>> OnBlocks =
        ModelCase.All.ToDictionary(@case => @case.Name, @case => new Lazy<Trained>(() => @case.Train(Blocks.Train, @case.Steps)));

    private static readonly Popularity Popular = new(Blocks.Users, Blocks.Train.ItemCounts());

    public static TheoryData<string> All => [.. ModelCase.All.Select(@case => @case.Name)];

    public static TheoryData<string> Personal => [.. ModelCase.All.Where(@case => @case.Personal).Select(@case => @case.Name)];

    public static TheoryData<string> Learned => [.. ModelCase.All.Where(@case => @case.Learns).Select(@case => @case.Name)];

    public static TheoryData<string> Formulas => [.. ModelCase.All.Where(@case => @case.Formula).Select(@case => @case.Name)];

    public static TheoryData<string> Weighted => [.. ModelCase.All.Where(@case => @case is { Learns: true, Formula: true }).Select(@case => @case.Name)];

    public static TheoryData<string> OfTaste => [.. ModelCase.All.Where(@case => @case is { Personal: true, Next: false }).Select(@case => @case.Name)];

    [Theory, MemberData(nameof(OfTaste))]
    public void TheHeldOutItemRanksAboveTheOtherBlock(string name)
    {
        var scores = ScoresOfAll(OnBlocks[name].Value.Recommender);
        for (var user = 0; user < Blocks.Users; user++)
        {
            var (_, highest) = Blocks.Separate(scores[user], Blocks.BlockOf(user));
            Assert.True(scores[user][Blocks.HeldOut(user)] > highest, $"user {user}: held out {scores[user][Blocks.HeldOut(user)]}, other block {highest}");
        }
    }

    [Theory, MemberData(nameof(All))]
    public void EveryUserHasAFiniteScoreForEveryItem(string name)
    {
        var recommender = OnBlocks[name].Value.Recommender;
        Assert.Equal((Blocks.Users, Blocks.Items), (recommender.UserCount, recommender.ItemCount));
        Assert.All(ScoresOfAll(recommender), row => Assert.All(row, score => Assert.True(float.IsFinite(score))));
    }

    [Theory, MemberData(nameof(All))]
    public void UsersAreScoredAlikeInAnyCompanyAndOrder(string name)
    {
        var recommender = OnBlocks[name].Value.Recommender;
        var all = ScoresOfAll(recommender);
        int[] some = [29, 3, 3, 17, 0];
        var together = new float[some.Length * Blocks.Items];
        recommender.Score(some, together);
        for (var b = 0; b < some.Length; b++) AssertClose(all[some[b]], together.AsSpan(b * Blocks.Items, Blocks.Items));
        recommender.Score([], []);
    }

    [Theory, MemberData(nameof(Formulas))]
    public void ScoresByPairAreThoseOfAllItems(string name)
    {
        var (_, model, at) = OnBlocks[name].Value;
        var rng = new Rng(6);
        int[] users = [.. Enumerable.Range(0, 50).Select(_ => rng.Next(Blocks.Users))], items = [.. users.Select(_ => rng.Next(Blocks.Items))];
        if (model is not IPairModel pairModel) return;
        var pairs = pairModel.Score(at!, new Ids(users), new Ids(items)).Values;
        var all = ScoresOfAll(OnBlocks[name].Value.Recommender);
        AssertClose([.. users.Zip(items, (user, item) => all[user][item])], pairs);
    }

    [Theory, MemberData(nameof(All))]
    public void SomeoneNewGetsTheirBlockOrWhatIsPopularAndIsToldWhich(string name)
    {
        var recommender = OnBlocks[name].Value.Recommender;
        var scores = new float[Blocks.Items];
        for (var block = 0; block < 2; block++)
        {
            var first = block * Blocks.ItemsEach;
            var source = recommender.ScoreHistory([first + 1, first + 4, first + 7], scores);
            Assert.Equal(Case(name).FoldsIn ? ScoreSource.FoldIn : ScoreSource.Popularity, source);
            if (source == ScoreSource.Popularity)
            {
                AssertPopular(scores);
                continue;
            }
            var (lowest, highest) = Blocks.Separate(scores, block);
            Assert.True(lowest > highest || Case(name).Next, $"block {block}: its items from {lowest}, others up to {highest}");
        }
    }

    /// <summary>
    /// Nobody has touched the last item of either block. A model that says it scores new items puts the one of a user's own block above the other; one
    /// that does not say so does not.
    /// </summary>
    [Theory, MemberData(nameof(All))]
    public void ANewItemIsScoredByWhatIsSaidOfItOrTheModelSaysThatItCannot(string name)
    {
        const int first = Blocks.ItemsEach - 1, second = Blocks.Items - 1;
        var train = Blocks.Train.Select([.. Enumerable.Range(0, Blocks.Train.Count).Where(row => Blocks.Train.Item[row] is not (first or second))]);
        var recommender = Case(name).Train(train, Case(name).Steps).Recommender;
        Assert.Equal(Case(name).NewItems, recommender.ScoresNewItems);
        var scores = ScoresOfAll(recommender);
        var lead = Enumerable.Range(0, Blocks.Users).Min(user =>
            (scores[user][first] - scores[user][second]) * (Blocks.BlockOf(user) == 0 ? 1 : -1) / (scores[user].Max() - scores[user].Min() + 1e-9f));
        Assert.True(lead > 0.008 == Case(name).NewItems, $"leads by {lead} of the range of scores");
    }

    [Theory, MemberData(nameof(All))]
    public void AnEmptyHistoryGetsWhatIsPopular(string name)
    {
        var scores = new float[Blocks.Items];
        Assert.Equal(ScoreSource.Popularity, OnBlocks[name].Value.Recommender.ScoreHistory([], scores));
        AssertPopular(scores);
    }

    [Theory, MemberData(nameof(All))]
    public void SeveralThreadsGetWhatOneGets(string name)
    {
        var recommender = OnBlocks[name].Value.Recommender;
        var expected = ScoresOfAll(recommender);
        var history = new float[Blocks.Items];
        recommender.ScoreHistory([2, 5], history);
        var failures = 0;
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            var folded = new float[Blocks.Items];
            for (var i = 0; i < 20; i++)
            {
                recommender.ScoreHistory([2, 5], folded);
                if (!folded.AsSpan().SequenceEqual(history)) Interlocked.Increment(ref failures);
                foreach (var (row, again) in expected.Zip(ScoresOfAll(recommender)))
                    if (!row.AsSpan().SequenceEqual(again)) Interlocked.Increment(ref failures);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(0, failures);
    }

    public static TheoryData<string> InShop => [.. ModelCase.All.Where(@case => @case is { Personal: true, ShopSteps: > 0 }).Select(@case => @case.Name)];

    [Theory, MemberData(nameof(InShop))]
    public void InTheShopItBeatsPopularityAndTheOracleBeatsIt(string name)
    {
        var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 300, Products: 150), 1);
        var pairs = shop.Dataset.Interactions.DistinctPairs();
        var split = Case(name).Next ? Splits.ByTime(pairs, 0.8) : Splits.ByShare(pairs, 0.8, new Rng(1));
        var task = new RankingTask(split.Train, split.Test);
        var model = (Case(name).InShop?.Invoke(split.Train) ?? Case(name).Train(split.Train, Case(name).ShopSteps)).Recommender;
        var (floor, found, best) = (Ndcg(task.Popularity), Ndcg(model), Ndcg(new OracleModel(shop.Oracle)));
        Assert.True(floor * 1.05 < found && found < best, $"popularity {floor:F4}, model {found:F4}, oracle {best:F4}");

        double Ndcg(IRecommender recommender) => task.Judge(recommender, [RankingMetrics.Ndcg(10)])["ndcg@10"];
    }

    [Theory, MemberData(nameof(All))]
    public void OneUserIsEnough(string name)
    {
        var train = Blocks.Of(1, 3, [(0, 0), (0, 2)]);
        var (recommender, scores) = (Case(name).Train(train, 20).Recommender, new float[3]);
        recommender.Score([0], scores);
        Assert.All(scores, score => Assert.True(float.IsFinite(score)));
        Assert.True(Math.Min(scores[0], scores[2]) > scores[1], string.Join(", ", scores));
    }

    [Theory, MemberData(nameof(Learned))]
    public void OneItemIsRefusedInASentence(string name)
    {
        var train = Blocks.Of(3, 1, [(0, 0), (1, 0), (2, 0)]);
        var problem = Assert.Throws<ArgumentException>(() => Case(name).Train(train, 20));
        Assert.Contains("two items", problem.Message);
    }

    [Theory, MemberData(nameof(Personal))]
    public void UsersAndItemsOutsideTheModelAreRefused(string name)
    {
        var recommender = OnBlocks[name].Value.Recommender;
        Assert.Throws<ArgumentOutOfRangeException>(() => recommender.Score([Blocks.Users], new float[Blocks.Items]));
        if (Case(name).FoldsIn)
            Assert.Throws<ArgumentOutOfRangeException>(() => recommender.ScoreHistory([Blocks.Items], new float[Blocks.Items]));
    }

    [Theory, MemberData(nameof(Weighted))]
    public void TheTablesHaveARowForEachUserOrItemAndFollowTheSeed(string name)
    {
        var model = OnBlocks[name].Value.Model!;
        var (first, again, other) = (model.Start(new Rng(8)), model.Start(new Rng(8)), model.Start(new Rng(9)));
        Assert.NotEmpty(model.Tables);
        foreach (var table in model.Tables)
        {
            if (table.Name != "places")                      // fields have one row more, for what is unknown
                Assert.Contains(first[table].Shape[0], new[] { Blocks.Users, Blocks.Items, Blocks.Users + 1, Blocks.Items + 1 });
            Assert.Equal(first[table].Values.ToArray(), again[table].Values.ToArray());
            Assert.NotEqual(first[table].Values.ToArray(), other[table].Values.ToArray());
        }
        Assert.Equal(first.Variables.ToArray().Select(variable => variable.Name).Distinct().Count(), first.Variables.Length);
    }

    public static TheoryData<string> InSteps => [.. ModelCase.All.Where(@case => @case is { Formula: true, Steps: > 0 }).Select(@case => @case.Name)];

    /// <summary>Finite differences where it stands after training: at the start a step is long beside rows that layer norms blow up.</summary>
    [Theory, MemberData(nameof(InSteps))]
    public void TheGradientOfItsLossIsThatOfDifferences(string name)
    {
        var trained = OnBlocks[name].Value;
        var (gradient, difference, noise) = trained.Slopes!(trained.At!);
        Assert.Equal(difference, gradient, 0.05 * Math.Abs(difference) + 1e-4 + noise);
        Assert.NotEqual(0, gradient);
    }

    [Theory, MemberData(nameof(All))]
    public void TrainedAgainItIsTheSameWithAnyThreads(string name) => World.WithAnyThreads(() =>
        [.. ScoresOfAll(Case(name).Train(Blocks.Train, Math.Min(Case(name).Steps, 30)).Recommender).SelectMany(scores => scores)]);

    private static ModelCase Case(string name) => ModelCase.All.Single(@case => @case.Name == name);

    private static float[][] ScoresOfAll(IRecommender recommender)
    {
        var scores = new float[Blocks.Users * Blocks.Items];
        recommender.Score([.. Enumerable.Range(0, Blocks.Users)], scores);
        return [.. scores.Chunk(Blocks.Items)];
    }

    private static void AssertPopular(float[] scores)
    {
        var popular = new float[Blocks.Items];
        Popular.Score([0], popular);
        Assert.Equal(popular, scores);
    }

    private static void AssertClose(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-4f * Math.Max(1, Math.Abs(expected[i])));
    }

    /// <summary>What the shop's generator knows, as a recommender.</summary>
    private sealed class OracleModel(Oracle oracle) : IRecommender
    {
        public int UserCount => oracle.UserCount;

        public int ItemCount => oracle.ItemCount;

        public void Score(ReadOnlySpan<int> users, Span<float> scores)
        {
            for (var u = 0; u < users.Length; u++) oracle.Score(users[u], scores.Slice(u * ItemCount, ItemCount));
        }

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new NotSupportedException();
    }
}
