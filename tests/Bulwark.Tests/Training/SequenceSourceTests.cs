using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class SequenceSourceTests
{
    private const int Length = 4, Batch = 3;

    /// <summary>Users with 6, 0, 1, 2, 3 and 4 events.</summary>
    private static readonly int[][] _histories = [[0, 1, 2, 3, 4, 5], [], [7], [8, 9], [3, 2, 1], [6, 4, 2, 0]];

    private static readonly Interactions _train = Blocks.Of(6, 20, _histories.SelectMany((items, user) => items.Select(item => (user, item))));

    [Fact]
    public void AnEpochAsksForEveryNextItemOnce()
    {
        var expected = _histories.SelectMany((items, user) => items.Skip(Math.Max(1, items.Length - Length)).Select((item, at) => (user, item))).Order();
        Assert.Equal(expected, Asked(new NextItemSource(_train, Length, Batch, new Rng(1))).Select(asked => (asked.User, asked.Item)).Order());
        expected = _histories.SelectMany((items, user) => items.Skip(1).Select(item => (user, item))).Order();
        var last = Asked(new NextItemSource(_train, Length, Batch, new Rng(1), asked: AskedPositions.Last));
        Assert.Equal(expected, last.Select(asked => (asked.User, asked.Item)).Order());
    }

    /// <summary>What is seen up to the asked position are the events before the wanted item, as many as fit.</summary>
    [Theory, InlineData(AskedPositions.Every), InlineData(AskedPositions.Last)]
    public void WhatIsSeenComesBeforeWhatIsWanted(AskedPositions asked)
    {
        foreach (var (user, item, seen) in Asked(new NextItemSource(_train, Length, Batch, new Rng(1), asked: asked)))
        {
            var at = Array.IndexOf(_histories[user], item);
            var from = asked == AskedPositions.Last ? Math.Max(0, at - Length) : Math.Max(0, _histories[user].Length - 1 - Length);
            Assert.Equal(_histories[user][from..at], seen);
        }
    }

    [Fact]
    public void DrawnItemsAreNotTouchedAndHitsAreMarked()
    {
        var source = new NextItemSource(_train, Length, Batch, new Rng(1), negatives: 2, drawn: 30);
        var batch = source.Create();
        var hits = 0;
        for (var step = 0; step < 5 * source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            Assert.Equal(2, batch.Negatives.Count);
            for (var n = 0; n < batch.Count; n++)
            {
                var user = batch.Histories.Users.Rows[batch.Asked.Rows[n]];
                foreach (var list in batch.Negatives) Assert.DoesNotContain(list.Rows[n], _histories[user]);
                for (var k = 0; k < 30; k++)
                {
                    var hit = batch.Drawn.Rows[k] == batch.Wanted.Rows[n];
                    Assert.Equal(hit ? float.NegativeInfinity : 0, batch.Hits.Tensor.Values[n * 30 + k]);
                    hits += hit ? 1 : 0;
                }
            }
        }
        Assert.True(hits > 0);
    }

    [Fact]
    public void HiddenItemsAreAskedFor()
    {
        var source = new ClozeSource(_train, Length, Batch, new Rng(1), 0.4, 0.5);
        var (batch, last, counts) = (source.Create(), 0, new Dictionary<int, int>());
        for (var step = 0; step < 100 * source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            var (histories, shown) = (batch.Histories, batch.Histories.Shown.Tensor.Values.ToArray());
            Assert.Equal(batch.Asked.Rows.ToArray(), Enumerable.Range(0, shown.Length).Where(position => shown[position] == 0));
            for (var n = 0; n < batch.Count; n++) Assert.Equal(histories.Items.Rows[batch.Asked.Rows[n]], batch.Wanted.Rows[n]);
            for (var s = 0; s < histories.Count; s++)
            {
                var (from, to) = (histories.Start.Rows[s], histories.Start.Rows[s + 1]);
                var user = histories.Users.Rows[from];
                Assert.Equal(_histories[user][^(to - from)..], histories.Items.Rows[from..to]);
                Assert.Contains(0f, shown[from..to]);
                if (shown[from..to].Count(x => x == 0) == 1 && shown[to - 1] == 0) last++;
                counts[user] = counts.GetValueOrDefault(user) + 1;
            }
        }
        Assert.Equal(new Dictionary<int, int> { [0] = 100, [3] = 100, [4] = 100, [5] = 100 }, counts);
        Assert.InRange(last, 200, 360);                      // half of 400, and those where chance did the same
    }

    [Fact]
    public void ABatchDependsOnItsStepAlone()
    {
        foreach (var make in new Func<ulong, IBatchSource<SequenceBatch>>[]
        {
            seed => new NextItemSource(_train, Length, Batch, new Rng(seed), drawn: 5), seed => new ClozeSource(_train, Length, Batch, new Rng(seed), drawn: 5),
        })
        {
            var (source, batch) = (make(1), make(1).Create());
            var texts = Enumerable.Range(0, 6).Select(step => Text(source, batch, step)).ToArray();
            for (var step = 5; step >= 0; step--) Assert.Equal(texts[step], Text(make(1), source.Create(), step));
            Assert.NotEqual(texts[0], Text(make(2), batch, 0));
            Assert.NotEqual(texts[0], Text(source, batch, source.StepsPerEpoch));
        }
    }

    /// <summary>After a warm-up, filling makes no garbage but an iterator or two.</summary>
    [Fact]
    public void RefillingAllocatesNextToNothing()
    {
        var source = new NextItemSource(_train, Length, Batch, new Rng(1), 1, 5);
        var batch = source.Create();
        for (var step = 0; step < 50; step++) source.Fill(batch, step);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 50; step++) source.Fill(batch, step);
        Assert.InRange((GC.GetAllocatedBytesForCurrentThread() - before) / 50, 0, 1024);
    }

    [Fact]
    public void WhatCannotBeLearnedFromIsRefused()
    {
        var (one, single) = (Blocks.Of(2, 1, [(0, 0), (1, 0)]), Blocks.Of(2, 5, [(0, 0), (1, 3)]));
        Assert.Contains("two items", Assert.Throws<ArgumentException>(() => new NextItemSource(one, Length, Batch, new Rng(1))).Message);
        Assert.Contains("two items", Assert.Throws<ArgumentException>(() => new ClozeSource(one, Length, Batch, new Rng(1))).Message);
        Assert.Contains("two events", Assert.Throws<ArgumentException>(() => new NextItemSource(single, Length, Batch, new Rng(1))).Message);
        Assert.Contains("two events", Assert.Throws<ArgumentException>(() => new ClozeSource(single, Length, Batch, new Rng(1))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => new NextItemSource(_train, 0, Batch, new Rng(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new ClozeSource(_train, Length, 0, new Rng(1)));
    }

    /// <summary>The wanted items of an epoch, with what is seen before each.</summary>
    private static IEnumerable<(int User, int Item, int[] Seen)> Asked(NextItemSource source)
    {
        var batch = source.Create();
        for (var step = 0; step < source.StepsPerEpoch; step++)
        {
            source.Fill(batch, step);
            for (var n = 0; n < batch.Count; n++)
            {
                var position = batch.Asked.Rows[n];
                var from = batch.Histories.Start.Rows.ToArray().Last(start => start <= position);
                yield return (batch.Histories.Users.Rows[position], batch.Wanted.Rows[n], batch.Histories.Items.Rows[from..(position + 1)].ToArray());
            }
        }
    }

    private static string Text(IBatchSource<SequenceBatch> source, SequenceBatch batch, long step)
    {
        source.Fill(batch, step);
        Ids[] lists = [batch.Histories.Start, batch.Histories.Items, batch.Histories.Users, batch.Asked, batch.Wanted, batch.Drawn, .. batch.Negatives];
        return string.Join('\n', lists.Select(list => string.Join(' ', list.Rows.ToArray())));
    }
}
