using Bulwark.Evaluation;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class PoissonSourceTests
{
    /// <summary>Users are met q of the time, each on its own: batch sizes spread as a binomial, n q (1 − q), and two users meet q² of the time.</summary>
    [Fact]
    public void EachUserIsDrawnOnItsOwn()
    {
        const int Steps = 4000;
        const double Share = 0.2;
        var source = new PoissonSource<BagBatch>(UserExamples.Bags(Blocks.Train), Share, new Rng(1));
        Assert.Equal(5, source.StepsPerEpoch);
        var (batch, sizes, met) = (source.Create(), new double[Steps], new double[Blocks.Items]);
        for (var step = 0; step < Steps; step++)
        {
            source.Fill(batch, step);
            sizes[step] = batch.Count;
            for (var n = 0; n < batch.Count; n++)
                foreach (var item in batch[n].Bags.Items.Rows) met[item]++;
        }
        var spread = Spread.Of(sizes);
        Assert.Equal(Blocks.Users * Share, spread.Mean, 5 * Math.Sqrt(30 * 0.16 / Steps));
        Assert.Equal(Blocks.Users * Share * (1 - Share), spread.Deviation * spread.Deviation, 0.5);
        var counts = Blocks.Train.ItemCounts();
        for (var item = 0; item < met.Length; item++) Assert.Equal(Share * counts[item], met[item] / Steps, 0.15);
    }

    /// <summary>A step's batch does not depend on the steps before it, and holds all that its users touched and nothing else.</summary>
    [Fact]
    public void AStepIsAlwaysTheSame()
    {
        var source = new PoissonSource<Triples>(UserExamples.Triples(Blocks.Train), 0.3, new Rng(1));
        var (first, again) = (source.Create(), source.Create());
        source.Fill(first, 9);
        source.Fill(again, 0);
        source.Fill(again, 9);
        Assert.Equal(first.Count, again.Count);
        for (var n = 0; n < first.Count; n++)
        {
            var user = first[n].Users.Rows[0];
            Assert.Equal(first[n].Negatives.Rows, again[n].Negatives.Rows);
            Assert.Equal(Blocks.Train.ByUser.Items(user), first[n].Positives.Rows);
            foreach (var negative in first[n].Negatives.Rows) Assert.False(Blocks.Train.ByUser.Contains(user, negative));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => again[again.Count]);
    }

    [Fact]
    public void UsersWithoutRowsAreNobody()
    {
        var rows = Blocks.Of(4, 3, [(1, 0), (3, 2)]);
        Assert.Equal(2, UserExamples.Bags(rows).Count);
        Assert.Throws<ArgumentException>(() => new PoissonSource<BagBatch>(UserExamples.Bags(Blocks.Of(2, 2, [])), 0.5, new Rng(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new PoissonSource<BagBatch>(UserExamples.Bags(rows), 0, new Rng(1)));
    }
}
