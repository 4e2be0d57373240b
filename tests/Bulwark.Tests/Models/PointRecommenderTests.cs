using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

public sealed class PointRecommenderTests
{
    /// <summary>More users than are scored at once: 2¹⁶ scores of 20,000 items are 3 users.</summary>
    [Fact]
    public void ManyUsersAreScoredBlockByBlock()
    {
        const int users = 8, items = 20_000;
        var model = new MatrixFactorization(users, items, new(2));
        var at = model.Start(new Rng(1));
        float[] p = at[model.Users].Values.ToArray(), q = at[model.Items].Values.ToArray(), scores = new float[users * items];
        new PointRecommender(model, at, new Popularity(users, new int[items])).Score([7, 6, 5, 4, 3, 2, 1, 0], scores);
        for (var b = 0; b < users; b++)
        {
            var user = 7 - b;
            foreach (var item in new[] { 0, 9_999, items - 1 })
                Assert.Equal(p[2 * user] * q[2 * item] + p[2 * user + 1] * q[2 * item + 1], scores[b * items + item], 1e-9f);
        }
    }

    /// <summary>A point that is displaced in some rows scores as its copy does.</summary>
    [Fact]
    public void ADisplacedPointScoresAsItsCopy()
    {
        var model = new MatrixFactorization(4, 6, new(3, Deviation: 1));
        var at = model.Start(new Rng(1));
        var move = new Move((model.Items, Tensor.Gaussian((2, 3), 1, new Rng(2)).ScatterRows(new Ids(5, 1), (6, 3))));
        var (moved, kept, clean) = (Scores(at + move), Scores((at + move).Keep()), Scores(at));
        Assert.Equal(kept, moved);
        for (var i = 0; i < kept.Length; i++) Assert.Equal(i % 6 is 5 or 1, kept[i] != clean[i]);

        float[] Scores(Point point)
        {
            var scores = new float[24];
            var recommender = new PointRecommender(model, point, new Popularity(4, new int[6]));
            recommender.Score([0, 1, 2, 3], new float[24]);
            recommender.Score([0, 1, 2, 3], scores);
            return scores;
        }
    }

    /// <summary>Values that are not worked out yet are worked out once, before threads share them.</summary>
    [Fact]
    public void SeveralThreadsShareADisplacedPoint()
    {
        var model = new MatrixFactorization(4, 500, new(16, Deviation: 1));
        var at = model.Start(new Rng(1));
        var move = new Move((model.Items, Tensor.Gaussian((2, 16), 1, new Rng(2)).ScatterRows(new Ids(5, 1), (500, 16))));
        var expected = new float[2000];
        new PointRecommender(model, (at + move).Keep(), new Popularity(4, new int[500])).Score([0, 1, 2, 3], expected);
        var (recommender, failures) = (new PointRecommender(model, at + move, new Popularity(4, new int[500])), 0);
        var threads = Enumerable.Range(0, 4).Select(_ => new Thread(() =>
        {
            var scores = new float[2000];
            for (var i = 0; i < 300; i++)
            {
                recommender.Score([0, 1, 2, 3], scores);
                if (!scores.AsSpan().SequenceEqual(expected)) Interlocked.Increment(ref failures);
                using var scope = Scope.Open();                // what a thread does between its calls reuses the memory of the call before
                for (var j = 0; j < 3; j++) Tensor.Full((500, 16), float.NaN);
            }
        })).ToArray();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
        Assert.Equal(0, failures);
    }
}
