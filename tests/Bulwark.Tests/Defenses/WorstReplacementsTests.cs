using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tests.Models;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class WorstReplacementsTests
{
    private static readonly SasRec _model = new(30, new(8, Blocks: 1, Length: 6, Dropout: 0));
    private static readonly Point _at = _model.Start(new Rng(1)).Map((variable, value) => value.Shape.Rank < 2 ? value
        : (value + Tensor.Gaussian(value.Shape, 0.3f, new Rng(2).Fork(variable.Name))).Keep());
    private static readonly SequenceBatch _batch = Filled();

    /// <summary>At one place of each history another item stands; the loss there is larger than with items drawn blind, and the batch is as it was.</summary>
    [Fact]
    public void ReplacementsAreWorseThanChance()
    {
        var (rows, items) = (new PositionRows(_model), _batch.Histories.Items.Rows.ToArray());
        var defense = new WorstReplacements(_model, 0.1);
        var worst = defense.Replaced(rows, SequenceObjectives.CrossEntropy(rows)(_batch, null), _batch.Histories, _at, new Rng(3));
        int[] changed = [.. Enumerable.Range(0, items.Length).Where(at => items[at] != worst.Items.Rows[at])];
        var starts = _batch.Histories.Start.Rows.ToArray();
        Assert.InRange(changed.Length, 1, _batch.Histories.Count);
        Assert.Equal(changed.Length, changed.Select(at => Array.FindLastIndex(starts, start => start <= at)).Distinct().Count());
        Assert.Equal(items, _batch.Histories.Items.Rows);

        var loss = Loss(worst);
        var chance = 0.0;
        for (var n = 0; n < 20; n++)
        {
            var blind = _batch.Histories.Copy();
            int[] drawn = [.. items];
            foreach (var at in changed) drawn[at] = new Rng(4).Fork(n).Fork(at).Next(_model.ItemCount);
            blind.Items.Fill(drawn);
            chance += Loss(blind) / 20;
        }
        Assert.True(loss > chance, $"{loss} {chance}");
        Assert.True(loss > Loss(_batch.Histories));
    }

    /// <summary>L + λ L': no share or no weight leaves the clean loss, once or (1 + λ) times; equal dice give equal losses.</summary>
    [Fact]
    public void TheLossIsCleanPlusWeighted()
    {
        var clean = Loss(_batch.Histories);
        Assert.Equal(clean, Hardened(0.3, 0), 1e-3f);
        Assert.Equal(3 * clean, Hardened(0, 2), 1e-2f);
        Assert.True(Hardened(0.3, 1) > 2 * clean);
        Assert.Equal(Hardened(0.3, 1), Hardened(0.3, 1));
        Assert.NotEqual(Hardened(0.3, 1), Hardened(0.9, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new WorstReplacements(_model, 1.5));
    }

    /// <summary>A formula whose positions read rows of their own scores as before.</summary>
    [Fact]
    public void RowsOfPositionsAreThoseOfTheirItems()
    {
        var rows = new PositionRows(_model);
        Assert.Equal(_model.Encode(_at, _batch.Histories).Values.ToArray(), rows.Encode(rows.At(_at, _batch.Histories), _batch.Histories).Values.ToArray());
    }

    private static float Hardened(double share, float weight) =>
        new WorstReplacements(_model, share, weight).Harden(SequenceObjectives.CrossEntropy)(_batch, new Rng(5))(_at).Item();

    private static float Loss(Sequences histories) => SequenceObjectives.CrossEntropy(_model)(_batch.About(histories), null)(_at).Item();

    private static SequenceBatch Filled()
    {
        var batch = new SequenceBatch(6);
        new NextItemSource(World.Random(20, 30, 120), 6, 20, new Rng(6), 0, 0).Fill(batch, 0);
        return batch;
    }
}
