using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

/// <summary>What every source of batches must do.</summary>
public sealed class SourceContractTests
{
    private const int Batch = 32;

    /// <summary>A source seen as lists of (user, item, other item or label); the first two of a training pair's entry are the pair.</summary>
    private sealed record Source(string Name, Func<Interactions, int, Rng, ISteps> Make, Interactions World);

    private interface ISteps
    {
        int PerEpoch { get; }

        /// <summary>The training pairs of a step, in order, and everything the batch holds.</summary>
        ((int User, int Item)[] Pairs, string All) At(long step);
    }

    private static readonly Source[] Sources =
    [
        new("triples", (train, batch, rng) => new Steps<Triples>(new TripleSource(train, batch, rng), Read), Blocks.Train),
        new("triples by popularity",
            (train, batch, rng) => new Steps<Triples>(new TripleSource(train, batch, rng, NegativeSampling.Popularity), Read), Blocks.Train),
        new("clicks", (train, batch, rng) => new Steps<LabeledPairs>(new ClickSource(train, batch, 3, rng), ReadClicks), Blocks.Train),
        new("clicks without negatives", (train, batch, rng) => new Steps<LabeledPairs>(new ClickSource(train, batch, 0, rng), ReadClicks), Blocks.Train),
        new("pairs and shared draws", (train, batch, rng) => new Steps<ContrastiveBatch>(new ContrastiveSource(train, batch, 6, rng), Read), Blocks.Train),
        new("ratings", (train, batch, rng) => new Steps<LabeledPairs>(new RatingSource(train, batch, rng), Read), Blocks.Ratings),
    ];

    public static TheoryData<string> Names => [.. Sources.Select(source => source.Name)];

    [Theory, MemberData(nameof(Names))]
    public void AnEpochHoldsEveryTrainingPairOnce(string name)
    {
        var (source, world) = (Make(name), Sources.Single(s => s.Name == name).World);
        var expected = Pairs(world).Order().ToArray();
        for (var epoch = 0; epoch < 3; epoch++) Assert.Equal(expected, Epoch(source, epoch).Order());
    }

    [Theory, MemberData(nameof(Names))]
    public void OrdersDifferBetweenEpochsAndSeeds(string name)
    {
        var source = Make(name);
        Assert.NotEqual(Epoch(source, 0), Epoch(source, 1));
        Assert.NotEqual(Epoch(source, 0), Epoch(Make(name, seed: 2), 0));
        Assert.NotEqual(Pairs(Sources.Single(s => s.Name == name).World), Epoch(source, 0));
        Assert.Equal(Epoch(source, 1), Epoch(Make(name), 1));
    }

    /// <summary>A batch depends on its step and the seed alone, not on what was filled before, nor on how much of the seed's stream was used.</summary>
    [Theory, MemberData(nameof(Names))]
    public void AStepIsTheSameWhenItIsFilledFirstOrAgain(string name)
    {
        var used = new Rng(1);
        used.NextBits();
        ISteps source = Make(name), late = Sources.Single(s => s.Name == name).Make(Sources.Single(s => s.Name == name).World, Batch, used);
        var inTurn = Enumerable.Range(0, 2 * source.PerEpoch).Select(step => source.At(step).All).ToArray();
        for (var step = inTurn.Length - 1; step >= 0; step -= 3) Assert.Equal(inTurn[step], late.At(step).All);
        Assert.Equal(inTurn[1], source.At(1).All);
    }

    [Theory, MemberData(nameof(Names))]
    public void ABatchLargerThanTheDataIsAllOfIt(string name)
    {
        var world = Sources.Single(s => s.Name == name).World;
        var source = Sources.Single(s => s.Name == name).Make(world, 1_000_000, new Rng(1));
        Assert.Equal(1, source.PerEpoch);
        Assert.Equal(world.Count, source.At(0).Pairs.Length);
    }

    [Theory, MemberData(nameof(Names))]
    public void NothingToLearnFromIsRefused(string name)
    {
        var make = Sources.Single(s => s.Name == name).Make;
        Assert.Contains("no training", Assert.Throws<ArgumentException>(() => make(Blocks.Of(2, 2, []), Batch, new Rng(1))).Message);
        Assert.Contains("batch", Assert.ThrowsAny<ArgumentException>(() => make(Blocks.Train, 0, new Rng(1))).Message);
    }

    /// <summary>Negatives of a triple are never touched, and drawn anew each epoch.</summary>
    [Fact]
    public void NegativesAreUntouchedAndNew()
    {
        var (source, batch) = (new TripleSource(Blocks.Train, Batch, new Rng(1)), new Triples());
        var drawn = new HashSet<(int, int, int)>();
        for (var step = 0; step < 20 * source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            for (var b = 0; b < batch.Count; b++)
            {
                Assert.True(Blocks.Train.ByUser.Contains(batch.Users.Rows[b], batch.Positives.Rows[b]));
                Assert.False(Blocks.Train.ByUser.Contains(batch.Users.Rows[b], batch.Negatives.Rows[b]));
                drawn.Add((batch.Users.Rows[b], batch.Positives.Rows[b], batch.Negatives.Rows[b]));
            }
        }
        Assert.True(drawn.Count > 5 * Blocks.Train.Count, $"{drawn.Count} different triples of {20 * Blocks.Train.Count}");
    }

    /// <summary>Each click is followed by its three negatives, of the same user, labeled 0.</summary>
    [Fact]
    public void ClicksComeWithTheirNegatives()
    {
        var (source, batch) = (new ClickSource(Blocks.Train, Batch, 3, new Rng(1)), new LabeledPairs());
        for (var step = 0; step < source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            Assert.Equal(0, batch.Count % 4);
            Assert.InRange(batch.Count, 1, Batch);
            for (var b = 0; b < batch.Count; b++)
            {
                Assert.Equal(b % 4 == 0 ? 1 : 0, batch.Labels.Tensor.Values[b]);
                Assert.Equal(batch.Users.Rows[b - b % 4], batch.Users.Rows[b]);
                Assert.Equal(b % 4 == 0, Blocks.Train.ByUser.Contains(batch.Users.Rows[b], batch.Items.Rows[b]));
            }
        }
    }

    [Fact]
    public void RatingsKeepTheirValues()
    {
        var (source, batch) = (new RatingSource(Blocks.Ratings, Batch, new Rng(1)), new LabeledPairs());
        for (var step = 0; step < source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            for (var b = 0; b < batch.Count; b++)
                Assert.Equal(Blocks.BlockOf(batch.Users.Rows[b]) == batch.Items.Rows[b] / Blocks.ItemsEach ? 5 : 1, batch.Labels.Tensor.Values[b]);
        }
    }

    private static ISteps Make(string name, ulong seed = 1)
    {
        var source = Sources.Single(s => s.Name == name);
        return source.Make(source.World, Batch, new Rng(seed));
    }

    private static (int, int)[] Epoch(ISteps source, int epoch) =>
        [.. Enumerable.Range(0, source.PerEpoch).SelectMany(step => source.At((long)epoch * source.PerEpoch + step).Pairs)];

    private static IEnumerable<(int, int)> Pairs(Interactions train) => Enumerable.Range(0, train.Count).Select(row => (train.User[row], train.Item[row]));

    private static ((int, int)[], string) Read(Triples batch) => (
        [.. Enumerable.Range(0, batch.Count).Select(b => (batch.Users.Rows[b], batch.Positives.Rows[b]))],
        Text(batch.Users) + Text(batch.Positives) + Text(batch.Negatives));

    private static ((int, int)[], string) Read(ContrastiveBatch batch) => (
        [.. Enumerable.Range(0, batch.Count).Select(b => (batch.Users.Rows[b], batch.Positives.Rows[b]))],
        Text(batch.Users) + Text(batch.Positives) + Text(batch.Drawn) + string.Join(' ', batch.Shares.Tensor.Values.ToArray()));

    private static ((int, int)[], string) Read(LabeledPairs batch) => (
        [.. Enumerable.Range(0, batch.Count).Select(b => (batch.Users.Rows[b], batch.Items.Rows[b]))],
        Text(batch.Users) + Text(batch.Items) + string.Join(' ', batch.Labels.Tensor.Values.ToArray()));

    private static ((int, int)[], string) ReadClicks(LabeledPairs batch)
    {
        var (pairs, all) = Read(batch);
        var labels = batch.Labels.Tensor.Values.ToArray();
        return ([.. pairs.Where((_, b) => labels[b] == 1)], all);
    }

    private static string Text(Ids ids) => string.Join(' ', ids.Rows.ToArray()) + "\n";

    private sealed class Steps<TBatch>(IBatchSource<TBatch> source, Func<TBatch, ((int, int)[], string)> read) : ISteps where TBatch : IBatch
    {
        private readonly TBatch _batch = source.Create();

        public int PerEpoch => source.StepsPerEpoch;

        public ((int User, int Item)[] Pairs, string All) At(long step)
        {
            source.Fill(_batch, step);
            return read(_batch);
        }
    }
}
