using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

public sealed class RowRankingTests
{
    /// <summary>Whole numbers from −2 to 2 tie often; 9,000 items are more than one chunk, 300 users more than one part.</summary>
    [Theory]
    [InlineData(300, 50, 3, 10, false)]
    [InlineData(300, 50, 3, 50, true)]
    [InlineData(5, 9_000, 2, 20, true)]
    [InlineData(40, 60, 400, 7, true)]
    public void ListsAreThoseOfAllScores(int users, int items, int d, int k, bool biases)
    {
        var (rng, model) = (new Rng(1), new MatrixFactorization(users, items, new(d, biases, Mean: biases ? 0.3f : 0)));
        var at = model.Start(rng).Map((_, table) => Tensor.Of(table.Shape, [.. Enumerable.Range(0, table.Shape.Count).Select(_ => rng.Next(5) - 2f)]));
        var seen = UserRows.Of(Enumerable.Range(0, users).Select(_ => Enumerable.Range(0, rng.Next(items)).Select(_ => rng.Next(items))));
        int[] some = [.. Enumerable.Range(0, users).Select(_ => rng.Next(users))];
        AssertSame(new PointRecommender(model, at, new Popularity(users, new int[items])), some, seen, k);
    }

    [Theory, MemberData(nameof(OfRows))]
    public void TrainedModelsOfRowsGiveTheListsOfAllTheirScores(string name)
    {
        var ranking = Case(name).Train(Blocks.Train, Case(name).Steps).Recommender;
        Assert.NotNull(ranking.Rows());
        AssertSame(ranking, [.. Enumerable.Range(0, Blocks.Users)], RankingTask.Rows(Blocks.Train), Blocks.Items);
    }

    public static TheoryData<string> OfRows => ["matrix factorization with biases, BPR", "implicit ALS", "LightGCN, BPR", "cosine factorization, contrastive",
        "factorization machine, BPR", "two towers, BPR", "two towers, cosine, sampled softmax"];

    [Fact]
    public void ModelsOfNoRowsSaySo() => Assert.Null(Case("neural matrix factorization, clicks").Train(Blocks.Train, 1).Recommender.Rows());

    /// <summary>Lists come from the rows: nobody asks for the scores of all items.</summary>
    [Fact]
    public void ListsNeedNoScores()
    {
        var model = new MatrixFactorization(2, 3, new(1));
        var at = model.Start(new Rng(0)).With(model.Users, Tensor.Of((2, 1), [1, -1])).With(model.Items, Tensor.Of((3, 1), [3, 1, 2]));
        var reports = new List<int>();
        var lists = FullRanking.Recommend(new RowsAlone(new PointRecommender(model, at, new Popularity(2, new int[3]))), [1, 0], UserRows.Of([0], [1, 2]), 2,
            new Reports(reports));
        Assert.Equal([0], lists.Items(0));                   // user 1 has seen the rest
        Assert.Equal([2, 1], lists.Items(1));
        Assert.Equal([2f, 1], lists.Scores(1));
        Assert.Equal([2], reports);
        Assert.Throws<OperationCanceledException>(() =>
            FullRanking.Recommend(new PointRecommender(model, at, new Popularity(2, new int[3])), [0], UserRows.Of([], []), 1, cancel: new(canceled: true)));
    }

    private static void AssertSame(IRecommender ranking, int[] users, UserRows seen, int k)
    {
        var (fast, plain) = (FullRanking.Recommend(ranking, users, seen, k), FullRanking.Recommend(new ScoresAlone(ranking), users, seen, k));
        for (var n = 0; n < users.Length; n++)
        {
            Assert.Equal(plain.Items(n), fast.Items(n));
            Assert.Equal(plain.Scores(n), fast.Scores(n));
        }
    }

    private static ModelCase Case(string name) => ModelCase.All.Single(@case => @case.Name == name);

    private sealed class ScoresAlone(IRecommender inner) : IRecommender
    {
        public int UserCount => inner.UserCount;

        public int ItemCount => inner.ItemCount;

        public void Score(ReadOnlySpan<int> users, Span<float> scores) => inner.Score(users, scores);

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => inner.ScoreHistory(history, scores);
    }

    private sealed class RowsAlone(IRecommender inner) : IRecommender
    {
        public int UserCount => inner.UserCount;

        public int ItemCount => inner.ItemCount;

        public RowRanking? Rows() => inner.Rows();

        public void Score(ReadOnlySpan<int> users, Span<float> scores) => throw new InvalidOperationException("Lists of rows need no scores.");

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores) => throw new InvalidOperationException("Nor do they need histories.");
    }

    private sealed class Reports(List<int> heard) : IProgress<int>
    {
        public void Report(int value) => heard.Add(value);
    }
}
