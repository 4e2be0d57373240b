using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class CarliniWagnerTests
{
    private static readonly CarliniWagner Quick = new(Searches: 12, Steps: 300, Rate: 0.02f);

    /// <summary>Of a linear margin w · x the shortest move is |margin| / ‖w‖₂: for each example its own.</summary>
    [Fact]
    public void FindsTheShortestMoveOfALinearModel()
    {
        var (at, w) = (AttackWorld.Batch(12, 4, 1), Tensor.Of((1, 4), 1, -2, 0.5f, 1));
        Loss margin = point => -(point[AttackWorld.X] * w).Sum(-1);
        var clean = margin(at).Values.ToArray();
        var move = Quick.Find(margin, at, new Threat(new L2Ball(100), AttackWorld.X), new Rng(1));
        var (after, lengths) = (margin(at + move).Values.ToArray(), move[AttackWorld.X].NormOfRows().Values.ToArray());
        for (var b = 0; b < 12; b++)
        {
            Assert.True(after[b] > 0, $"example {b}: {after[b]}");
            var shortest = Math.Max(-clean[b], 0) / Math.Sqrt(6.25);
            Assert.InRange(lengths[b], shortest - 1e-3, shortest * 1.03 + 2e-3);
        }
    }

    /// <summary>In the box [0, 1] nothing leaves it; an example that cannot be fooled inside stays where it is.</summary>
    [Fact]
    public void StaysInTheBoxAndLeavesWhatItCannotFool()
    {
        var at = new Point((AttackWorld.X, Tensor.Of((2, 2), 0.9f, 0.6f, 0.5f, 0.5f)));
        Loss margin = point => Tensor.Of(2, 0.8f, -1) - (point[AttackWorld.X] * Tensor.Of((1, 2), 1, 0.5f)).Sum(-1);   // the second needs a sum below −1
        var move = Quick.Find(margin, at, new Threat(new L2Ball(100), AttackWorld.X) { Box = (0, 1) }, new Rng(1))[AttackWorld.X].Values.ToArray();
        // (.9, .6) has x + y/2 = 1.2, .4 above the border: .4 / √1.25 = .358 along (1, .5)
        Assert.Equal(0.358, Math.Sqrt(move[0] * move[0] + move[1] * move[1]), 0.01);
        Assert.Equal([0, 0], move[2..]);
    }

    /// <summary>κ is how far behind the border it goes.</summary>
    [Fact]
    public void ConfidenceIsAMargin()
    {
        var at = AttackWorld.At(1, 0);
        Loss margin = point => -(point[AttackWorld.X] * Tensor.Of((1, 2), 1, 0)).Sum(-1);
        var found = margin(at + (Quick with { Confidence = 0.5f }).Find(margin, at, new Threat(new L2Ball(100), AttackWorld.X), new Rng(1))).Item();
        Assert.InRange(found, 0.5f, 0.56f);
    }

    public static TheoryData<CarliniWagner> Changes => new()
    {
        new CarliniWagner(2, 100, 0.02f), new(4, 60, 0.02f), new(4, 100, 0.03f), new(4, 100, 0.02f, 3e-3f), new(4, 100, 0.02f, Confidence: 0.1f),
    };

    [Theory, MemberData(nameof(Changes))]
    public void EverySettingChangesTheMove(CarliniWagner other)
    {
        var at = AttackWorld.At(0.3f, 0.2f);
        Loss margin = point => -(point[AttackWorld.X] * Tensor.Of((1, 2), 1, 2)).Sum(-1);
        Assert.NotEqual(Values(new(4, 100, 0.02f)), Values(other));

        float[] Values(CarliniWagner attack) => (at + attack.Find(margin, at, new Threat(new L2Ball(9), AttackWorld.X), new Rng(1)))[AttackWorld.X].Values.ToArray();
    }
}
