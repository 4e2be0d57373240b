using Bulwark.Data;
using Bulwark.Models.Neighbors;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class HistoryAugmentationTests
{
    private const int Items = 40, Length = 8;

    /// <summary>Six users with 5 to 10 events; user u's n-th item is 6 n + u mod 40, so that an item tells its user and place.</summary>
    private static readonly Interactions _train = Blocks.Of(
        6, Items, from user in Enumerable.Range(0, 6) from n in Enumerable.Range(0, 5 + user % 6) select (user, (6 * n + user) % Items));

    private static readonly Func<int, Rng, int> _plusOne = (item, _) => (item + 1) % Items;

    private static readonly string[] _names = ["crop", "mask", "reorder", "insert", "substitute"];

    public static TheoryData<string> Edits => [.. _names];

    private static HistoryEdit Edit(string name, double share = 0.5) => name switch
    {
        "crop" => HistoryEdits.Crop(share),
        "mask" => HistoryEdits.Mask(share),
        "reorder" => HistoryEdits.Reorder(share),
        "insert" => HistoryEdits.Insert(share, _plusOne),
        _ => HistoryEdits.Substitute(share, _plusOne),
    };

    private static List<HistoryPlace> History(int length) => [.. Enumerable.Range(0, length).Select(at => new HistoryPlace(10 * at, true, at % 2 == 1, at))];

    [Fact]
    public void EachEditDoesWhatItSays()
    {
        for (var seed = 0ul; seed < 30; seed++)
        {
            var (rng, before) = (new Rng(seed), History(8));
            var cropped = Applied(HistoryEdits.Crop(0.5));
            Assert.Equal(4, cropped.Count);
            Assert.Equal(Enumerable.Range(cropped[0].From, 4), cropped.Select(place => place.From));     // a stretch
            Assert.Contains(cropped, place => place.Asked);

            var masked = Applied(HistoryEdits.Mask(0.25));
            Assert.Equal(2, masked.Count(place => !place.Shown));
            Assert.Equal(before.Select(place => place.Item), masked.Select(place => place.Item));

            var mixed = Applied(HistoryEdits.Reorder(0.5));
            Assert.Equal(before.Select(place => place.Item), mixed.Select(place => place.Item).Order());
            Assert.Equal(before.Select(place => (place.From, place.Asked)), mixed.Select(place => (place.From, place.Asked)));
            var moved = Enumerable.Range(0, 8).Where(at => mixed[at].Item != before[at].Item).ToArray();
            Assert.True(moved.Length == 0 || moved[^1] - moved[0] < 4);

            var longer = Applied(HistoryEdits.Insert(0.25, _plusOne));
            Assert.Equal(10, longer.Count);
            Assert.Equal(before, longer.Where(place => place.From >= 0));
            for (var at = 0; at < 9; at++)
                if (longer[at].From < 0) Assert.Equal(((longer[at + 1].Item + 1) % Items, false), (longer[at].Item, longer[at].Asked));

            var other = Applied(HistoryEdits.Substitute(0.25, _plusOne));
            Assert.Equal(2, Enumerable.Range(0, 8).Count(at => other[at] == before[at] with { Item = (before[at].Item + 1) % Items }));

            List<HistoryPlace> Applied(HistoryEdit edit)
            {
                var history = History(8);
                edit(history, rng);
                return history;
            }
        }
    }

    /// <summary>Hidden items, which a cloze model is asked for, are nobody's to move.</summary>
    [Theory, MemberData(nameof(Edits))]
    public void HiddenItemsStay(string name)
    {
        for (var seed = 0ul; seed < 20; seed++)
        {
            List<HistoryPlace> history = [.. History(8).Select(place => place with { Shown = place.From % 3 != 0 })];
            Edit(name)(history, new Rng(seed));
            Assert.All(history.Where(place => place.From >= 0 && place.From % 3 == 0), place => Assert.Equal((10 * place.From, false), (place.Item, place.Shown)));
        }
    }

    /// <summary>Whatever moved: at every asked place stands what the source wanted there, for the same user, with the negatives and hits that belong to it.</summary>
    [Theory, MemberData(nameof(Edits))]
    public void AnAskedPlaceKeepsItsAnswer(string name)
    {
        var plain = new NextItemSource(_train, Length, 3, new Rng(1), negatives: 2, drawn: 7);
        var source = new AugmentedSource<SequenceBatch>(plain, new Rng(9), HistoryAugmentation.OneOf(Edit(name)));
        var (before, after, changed) = (plain.Create(), source.Create(), 0);
        for (long step = 0; step < 3 * source.StepsPerEpoch; step++)
        {
            plain.Fill(before, step);
            source.Fill(after, step);
            Assert.Equal(before.Histories.Count, after.Histories.Count);
            Assert.InRange(after.Count, 1, before.Count);
            var answers = Answers(before).ToHashSet();
            Assert.All(Answers(after), answer => Assert.Contains(answer, answers));
            if (name is "mask" or "reorder" or "substitute") Assert.Equal(before.Count, after.Count);
            for (var s = 0; s < after.Histories.Count; s++) Assert.InRange(after.Histories.Start.Rows[s + 1] - after.Histories.Start.Rows[s], 1, Length);
            changed += before.Histories.Items.Rows.SequenceEqual(after.Histories.Items.Rows) && !after.Histories.Shown.Tensor.Values.Contains(0) ? 0 : 1;
        }
        Assert.True(changed > 0);

        static IEnumerable<string> Answers(SequenceBatch batch)
        {
            for (var n = 0; n < batch.Count; n++)
            {
                var hits = batch.Hits.Tensor.Values.Slice(n * batch.Drawn.Count, batch.Drawn.Count).ToArray();
                yield return $"{batch.Histories.Users.Rows[batch.Asked.Rows[n]]} {batch.Wanted.Rows[n]} {batch.Negatives[0].Rows[n]} {batch.Negatives[1].Rows[n]} {string.Join(' ', hits)}";
            }
        }
    }

    /// <summary>A step is the same when filled again, differs between epochs and seeds, and a model learns from it.</summary>
    [Fact]
    public void AStepIsWhatItsNumberSays()
    {
        HistoryEdit[] edits = [.. _names.Select(name => Edit(name))];
        var (source, other) = (Make(9), Make(10));
        Assert.Equal(Seen(source, 3), Seen(Make(9), 3));
        Assert.Equal(Seen(source, 3), Seen(source, 3));
        Assert.NotEqual(Seen(source, 3), Seen(other, 3));
        var model = new SasRec(Items, new(8, Length: Length));
        var options = new TrainingOptions { Rule = new Adam(0.01f), Ahead = false };
        var trainer = new Trainer<SequenceBatch>(source, [new("all", 60, SequenceObjectives.CrossEntropy(model))], options);
        var curve = trainer.Run(model.Start(new Rng(1)), new Rng(2)).Curve;
        Assert.True(curve[^1].Loss < 0.7 * curve[0].Loss, $"{curve[0].Loss} to {curve[^1].Loss}");

        AugmentedSource<SequenceBatch> Make(ulong seed) => new(new NextItemSource(_train, Length, 3, new Rng(1)), new Rng(seed), HistoryAugmentation.OneOf(edits));
        static string Seen(AugmentedSource<SequenceBatch> source, long step)
        {
            var batch = source.Create();
            source.Fill(batch, step);
            return string.Join(' ', batch.Histories.Items.Rows.ToArray());
        }
    }

    /// <summary>Items that are like another are its neighbors: in two blocks, those of its own.</summary>
    [Fact]
    public void LikeDrawsNeighbors()
    {
        var like = HistoryEdits.Like(ItemKnn.Fit(Blocks.Train, new(20)));
        var rng = new Rng(1);
        int[] drawn = [.. Enumerable.Range(0, 50).Select(_ => like(3, rng))];
        Assert.All(drawn, item => Assert.True(item / Blocks.ItemsEach == 0 && item != 3));
        Assert.True(drawn.Distinct().Count() > 2);
    }
}
