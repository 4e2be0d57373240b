using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Privacy;

public sealed class MembershipAuditTests
{
    private const int Users = 120, Items = 60;
    private static readonly string[] Attacks = [MembershipAudit.Likelihood, MembershipAudit.Calibrated, MembershipAudit.Vectors];

    /// <summary>Random histories of 6 items: nothing but memory can tell members.</summary>
    private static readonly Interactions Train = Blocks.Of(Users, Items, Enumerable.Range(0, Users).SelectMany(user =>
    {
        var rng = new Rng(9).Fork(user);
        return Enumerable.Range(0, 6).Select(_ => (user, rng.Next(Items)));
    }));

    /// <summary>A member's history is known by heart; a stranger's is met with nothing.</summary>
    [Fact]
    public void WhoRemembersIsCaught()
    {
        var found = Audit((train, _) => new Memory(train, knows: true));
        Assert.Equal(new Leakage(1, 1), Leakage.Mean(found[MembershipAudit.Likelihood]));
        Assert.Equal(new Leakage(1, 1), Leakage.Mean(found[MembershipAudit.Calibrated]));
        Assert.True(Leakage.Mean(found[MembershipAudit.Vectors]).Auc > 0.8, $"{Leakage.Mean(found[MembershipAudit.Vectors])}");
    }

    /// <summary>
    /// Answers that do not depend on who was there give nothing away: over pairs of halves the mean is ½ by symmetry, and a learned attack stays near it.
    /// </summary>
    [Fact]
    public void WhoForgetsGivesNothingAway()
    {
        var found = Audit((train, _) => new Memory(train, knows: false));
        Assert.Equal(0.5, Leakage.Mean(found[MembershipAudit.Likelihood]).Auc, 1e-9);
        Assert.Equal(0.5, Leakage.Mean(found[MembershipAudit.Calibrated]).Auc, 1e-9);
        foreach (var attack in Attacks) Assert.InRange(Leakage.Mean(found[attack]).Auc, 0.4, 0.6);
    }

    /// <summary>Two models are twins: each user trains exactly one of them, and no model sees a user of the other half.</summary>
    [Fact]
    public void HalvesAreTwins()
    {
        var seen = new List<HashSet<int>>();
        Audit((train, _) =>
        {
            seen.Add([.. train.User.ToArray()]);
            return new Memory(train, knows: false);
        });
        Assert.Equal(4, seen.Count);
        foreach (var pair in new[] { 0, 2 })
        {
            Assert.Empty(seen[pair].Intersect(seen[pair + 1]));
            Assert.Equal(Users, seen[pair].Count + seen[pair + 1].Count);
            Assert.Equal(Users / 2, seen[pair].Count);
        }
        Assert.NotEqual(seen[0].Order(), seen[2].Order());
    }

    [Fact]
    public void WhatCannotBeAuditedIsRefused()
    {
        Assert.Throws<ArgumentException>(() => MembershipAudit.Run(Train, new("", (train, _) => new Memory(train, false)), 3, new Rng(1)));
        Assert.Throws<ArgumentException>(() => MembershipAudit.Run(Train, new("", (train, _) => new Memory(train, false)), 2, new Rng(1)));
        Assert.Contains("unknown to training", Assert.Throws<ArgumentException>(() =>
            Audit((train, _) => new Popularity(train.UserCount, train.ItemCounts()))).Message);
    }

    private static IReadOnlyDictionary<string, IReadOnlyList<Leakage>> Audit(Func<Interactions, ulong, IRecommender> train) =>
        MembershipAudit.Run(Train, new Victim("memory", train), 4, new Rng(1));

    /// <summary>Scores by item number for strangers; for a history it knows, its items first and then their neighbors.</summary>
    private sealed class Memory(Interactions train, bool knows) : IRecommender
    {
        public int UserCount => train.UserCount;

        public int ItemCount => Items;

        public void Score(ReadOnlySpan<int> users, Span<float> scores) => throw new NotSupportedException();

        public ScoreSource ScoreHistory(ReadOnlySpan<int> history, Span<float> scores)
        {
            var (own, known) = (history.ToArray(), false);
            for (var user = 0; user < UserCount && knows; user++) known |= own.AsSpan().SequenceEqual(train.ByUser.Items(user));
            for (var item = 0; item < scores.Length; item++) scores[item] = known ? own.Contains(item) ? 10 : item % 2 : -0.01f * item;
            return ScoreSource.FoldIn;
        }
    }
}
