using Bulwark.Attacks.Histories;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.Histories;

public sealed class CandidatesTests
{
    private const int Items = 40;
    private static readonly Tensor Rows = Tensor.Gaussian((Items, 3), 1, new Rng(1)).Keep(), Outputs = Tensor.Gaussian((Items, 3), 1, new Rng(2)).Keep();

    /// <summary>ŷ(h, i) = c_i · Σ_j e_j: linear in what stands in a history, so that the first order is all there is.</summary>
    private sealed class Linear : IHistorySlope
    {
        public Tensor Items => Rows;

        /// <summary>c_a − c_b, wherever.</summary>
        public Tensor Of(IReadOnlyList<int[]> histories, IReadOnlyList<(int A, int B)> pairs, IReadOnlyList<(int History, int Place)> places, float scale) =>
            Outputs.Rows(new Ids([.. places.Select(place => pairs[place.History].A)])) - Outputs.Rows(new Ids([.. places.Select(place => pairs[place.History].B)]));

        public static HistoryVictim Victim { get; } = new(CandidatesTests.Items, (histories, scores) =>
        {
            for (var n = 0; n < histories.Count; n++)
                Rows.Rows(new Ids(histories[n])).Sum(0, keep: true).MatMul(Outputs, transposeY: true).Values.CopyTo(scores[(n * CandidatesTests.Items)..]);
        })
        {
            Slope = new Linear(),
        };
    }

    /// <summary>Against a fixed rival the promise is exact: two items alone are listed, and the best of 37 replacements at 2 places is the first candidate.</summary>
    [Fact]
    public void AgainstTheOnlyRivalThePromiseIsExact()
    {
        var victim = Linear.Victim with { Scores = Only(2) };
        var problem = new HistoryProblem(victim, HistoryGoal.Push(0, 1), new(1, EditKinds.Replace), [7, 9]);
        var candidates = Candidates.Guided(5)(problem, problem.Clean, new(1));
        var all = Candidates.All(problem, problem.Clean, new(1));
        Assert.Equal(2 * (Items - 3), all.Count);
        var losses = problem.Losses([.. all.Select(edit => edit.Of(problem.Clean))]);
        Assert.Equal(all.Index().OrderByDescending(edit => losses[edit.Index]).Take(5).Select(edit => edit.Item), candidates);

        // Items from 2 on are never listed: −∞.
        static HistoryScores Only(int listed) => (histories, scores) =>
        {
            Linear.Victim.Scores(histories, scores);
            for (var n = 0; n < histories.Count; n++) scores.Slice(n * Items + listed, Items - listed).Fill(float.NegativeInfinity);
        };
    }

    [Fact]
    public void DrawnEditsAreAllowedOnes()
    {
        var problem = new HistoryProblem(Linear.Victim, HistoryGoal.Spoil(0), new(1) { Barred = [4] }, [1, 2, 3]);
        var (drawn, all) = (Candidates.Drawn(500)(problem, problem.Clean, new(1)), Candidates.All(problem, problem.Clean, new(1)));
        Assert.Equal(500, drawn.Count);
        Assert.Subset(all.ToHashSet(), drawn.ToHashSet());
        foreach (var kind in (EditKinds[])[EditKinds.Insert, EditKinds.Delete, EditKinds.Replace]) Assert.InRange(drawn.Count(edit => edit.Kind == kind), 130, 210);
    }

    /// <summary>Where nothing may come in only deletions are left, and with one item not even those.</summary>
    [Fact]
    public void WithoutItemsThatMayEnterOnlyDeletionsAreDrawn()
    {
        var victim = new HistoryVictim(3, static (_, scores) => scores.Clear());
        var problem = new HistoryProblem(victim, HistoryGoal.Spoil(0), new(1), [1, 2]);
        Assert.All(Candidates.Drawn(10)(problem, [1, 2], new(1)), edit => Assert.Equal(EditKinds.Delete, edit.Kind));
        Assert.Empty(Candidates.Drawn(10)(new(victim, HistoryGoal.Spoil(0), new(1) { Barred = [2] }, [1]), [1], new(1)));
        Assert.Equal([[1], [1]], new RandomEdits().Find(new(victim, HistoryGoal.Spoil(0), new(1) { Barred = [2] }, [1]), new(1)));
    }
}
