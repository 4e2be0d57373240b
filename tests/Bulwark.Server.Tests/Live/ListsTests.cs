using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Server.Live;

namespace Bulwark.Server.Tests.Live;

public sealed class ListsTests
{
    private static readonly Served Served = TwoTastes.Served();
    private readonly LiveHistories _histories = new(Served.Train);
    private readonly Lists _lists;

    public ListsTests() => _lists = new(Served.Recommender, _histories);

    /// <summary>u0 touched a0 and a1 in training.</summary>
    [Fact]
    public void AKnownUserGetsWhatTheirRowLikesWithoutWhatTheyTouched()
    {
        var list = _lists.For(0, 3);
        Assert.Equal((ListSource.Known, 3), (list.Source, list.Items.Length));
        Assert.Equal([2, 3, 4], list.Items);
        Assert.Equal([1.1f, 1.05f, 1], list.Scores, (a, b) => Math.Abs(a - b) < 1e-5);
    }

    [Fact]
    public void AnEventChangesTheNextList()
    {
        _histories.Add(new("u0", "a2", EventKind.View, 0));
        var list = _lists.For(0, 3);
        Assert.Equal(ListSource.FoldIn, list.Source);
        Assert.Equal([3, 4, 5], list.Items);
    }

    [Fact]
    public void ANewUserGetsWhatTheirHistoryFoldsInTo()
    {
        Assert.Equal(ListSource.Popularity, _lists.For(-1, 3).Source);
        var user = _histories.Add(new("new", "b0", EventKind.View, 0)).User;
        Assert.Equal([7, 8, 9], _lists.For(user, 3).Items);
        Assert.Equal(_lists.For(user, 3).Items, _lists.ForHistory([6], 3).Items);
    }

    /// <summary>The model cannot score an item that is new to it: who touched nothing else gets what is popular, the item among it after a hundred touches.</summary>
    [Fact]
    public void AnItemNewToTheModelFoldsInToNothing()
    {
        var user = _histories.Add(new("new", "novelty", EventKind.View, 0)).User;
        var list = _lists.For(user, 20);
        Assert.Equal(ListSource.Popularity, list.Source);
        for (var n = 0; n < 100; n++) _histories.Add(new($"{n}", "novelty", EventKind.View, 0));
        Assert.DoesNotContain(TwoTastes.Items, _lists.For(user, 20).Items);
        Assert.Contains(TwoTastes.Items, _lists.For(-1, 20).Items);
    }

    [Fact]
    public void AListIsAsLongAsThereAreItemsLeft() => Assert.Equal(TwoTastes.Items - 2, _lists.For(0, 100).Items.Length);

    [Fact]
    public void TheListBeforeAnEventDoesNotKnowOfIt()
    {
        var touch = _histories.Add(new("u0", "a2", EventKind.View, 0));
        Assert.Equal(2, _lists.Before(touch, 3).Items[0]);
    }

    /// <summary>A row that the model has for somebody, because later ones are new as well, says nothing of them until it has learned from them.</summary>
    [Fact]
    public void ARowIsUsedOnceItHasLearned()
    {
        var lists = new Lists(Served.Recommender, _histories) { Follows = true };
        var user = _histories.Add(new("new", "b0", EventKind.View, 0)).User;
        var larger = new Popularity(user + 2, Served.Train.ItemCounts());
        lists.Learned(larger, [user + 1]);
        Assert.Equal(ListSource.Popularity, lists.For(user, 3).Source);
        Assert.Equal(ListSource.Known, lists.For(0, 3).Source);
        lists.Learned(larger, [user]);
        Assert.Equal(ListSource.Known, lists.For(user, 3).Source);
    }

    /// <summary>Without b0 a history of a0 and b0 says nothing of b1.</summary>
    [Fact]
    public void ReasonsAreOfTheSameTaste() => Assert.Equal(6, _lists.Reasons([0, 6], [7])[0][0].Item);
}
