using Bulwark.Attacks.Histories;

namespace Bulwark.Tests.Attacks.Histories;

public sealed class HistoryProblemTests
{
    /// <summary>Scores 5, 4, 3, 2, 1, whatever was touched.</summary>
    private static readonly HistoryVictim Fixed = new(5, (histories, scores) =>
    {
        for (var n = 0; n < histories.Count; n++) new[] { 5f, 4, 3, 2, 1 }.CopyTo(scores[(n * 5)..]);
    });

    /// <summary>Without the touched 1, the list of two is 0, 2: item 3's rival is the second best of the others, 2, item 2's is 3, and item 0's is 3 as well.</summary>
    [Theory]
    [InlineData(3, true, -1)]
    [InlineData(3, false, 1)]
    [InlineData(2, true, 1)]
    [InlineData(0, false, -3)]
    public void TheLossIsTheMarginToTheLastPlaceOfTheList(int item, bool push, double expected)
    {
        var goal = push ? HistoryGoal.Push(item, 2) : HistoryGoal.Spoil(item, 2);
        Assert.Equal([expected], new HistoryProblem(Fixed, goal, new(1), [1]).Losses([[1]]));
    }

    /// <summary>What came in is no candidate: with 0 in the history, the list without 3 is 2 and 4.</summary>
    [Fact]
    public void WhatCameInIsNotListed() => Assert.Equal([-1, 1], new HistoryProblem(Fixed, HistoryGoal.Push(3, 2), new(1), [1]).Losses([[1], [1, 0]]));

    /// <summary>Of a history of six and a reach of three, an insertion is seen at the last three gaps, deletions and replacements at the last three items.</summary>
    [Fact]
    public void EditsStayWithinReach()
    {
        var victim = new HistoryVictim(20, static (_, _) => { }) { Reach = 3 };
        var slots = new HistoryProblem(victim, HistoryGoal.Push(0), new(1), [1]).Slots([1, 2, 3, 4, 5, 6]).ToLookup(slot => slot.Kind, slot => slot.Place);
        Assert.Equal([4, 5, 6], slots[EditKinds.Insert]);
        Assert.Equal([3, 4, 5], slots[EditKinds.Delete]);
        Assert.Equal([3, 4, 5], slots[EditKinds.Replace]);
        Assert.DoesNotContain(new HistoryProblem(victim, HistoryGoal.Push(0), new(1), [1]).Slots([1]), slot => slot.Kind == EditKinds.Delete);
    }

    /// <summary>An edit outside of what a formula says it reaches changes no score, one inside does.</summary>
    [Fact]
    public void ReachIsWhatTheFormulaSees()
    {
        foreach (var name in (string[])["SASRec", "BERT4Rec", "GRU4Rec"])
        {
            var (victim, scores) = (HistoryWorld.Named(name), new float[3 * HistoryWorld.Items]);
            int[] history = [.. Enumerable.Range(0, victim.Reach + 1)];
            victim.Scores([history, [11, .. history[1..]], [0, 11, .. history[2..]]], scores);
            Assert.Equal(scores[..HistoryWorld.Items], scores[HistoryWorld.Items..(2 * HistoryWorld.Items)]);
            Assert.NotEqual(scores[..HistoryWorld.Items], scores[(2 * HistoryWorld.Items)..]);
        }
    }

    [Fact]
    public void ProblemsThatMakeNoSenseAreRefused()
    {
        Refuses("no history", HistoryGoal.Push(0), []);
        Refuses("Item 1 stands in the history already", HistoryGoal.Spoil(1), [1]);
        Refuses("Item 5 is not among the 5 items", HistoryGoal.Push(5), [1]);
        Assert.Throws<ArgumentOutOfRangeException>(() => HistoryGoal.Push(0, 0));

        static void Refuses(string words, HistoryGoal goal, int[] history) =>
            Assert.Contains(words, Assert.Throws<ArgumentException>(() => new HistoryProblem(Fixed, goal, new(1), history)).Message);
    }
}
