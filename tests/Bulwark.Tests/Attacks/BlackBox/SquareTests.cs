using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks.BlackBox;

public sealed class SquareTests
{
    private static readonly Threat Small = new(new LinfBall(0.5f), AttackWorld.X);

    /// <summary>Of a linear loss the worst L∞ move is ε sign w: blocks of a few indices find all of it, for each example, with the queries allowed.</summary>
    [Fact]
    public void FindsTheCornerOfALinearLoss()
    {
        var (at, w) = (AttackWorld.Batch(10, 6, 1), Tensor.Gaussian((10, 6), 1, new Rng(2)).Keep());
        var victim = new Queries(point => (point[AttackWorld.X] * w).Sum(-1));
        var move = new Square(300).Find(victim.Of, at, Small, new Rng(1))[AttackWorld.X];
        Assert.Equal(w.Values.ToArray().Select(value => 0.5f * MathF.Sign(value)), move.Values.ToArray());
        Assert.Equal(300, victim.Count);
    }

    /// <summary>Images begin as stripes from top to bottom, each channel with its sign, and go on by squares.</summary>
    [Fact]
    public void ImagesAreStripedThenSquared()
    {
        var at = new Point((AttackWorld.X, Tensor.Zeros((2, 5, 5, 2))));
        var asked = new List<float[]>();
        Loss rising = point =>
        {
            asked.Add(point[AttackWorld.X].Values.ToArray());
            return Tensor.Full(2, asked.Count);                                                  // every proposal is kept
        };
        new Square(40, Share: 0.2f).Find(rising, at, Small, new Rng(1));
        for (var i = 0; i < 100; i++) Assert.Equal(asked[1][i % 10 + i / 50 * 50], asked[1][i]); // rows of an image are equal
        Assert.All(asked[1], value => Assert.Equal(0.5f, MathF.Abs(value)));
        for (var query = 2; query < asked.Count; query++)
            for (var image = 0; image < 2; image++)
                foreach (var channel in new[] { 0, 1 })
                {
                    int[] changed = [.. Enumerable.Range(0, 25).Where(p => Pixel(asked[query], p) != Pixel(asked[query - 1], p))];
                    if (changed.Length == 0) continue;
                    Assert.Single(changed.Select(p => Pixel(asked[query], p)).Distinct());
                    Assert.True(changed.Max(p => p / 5) - changed.Min(p => p / 5) < 2 && changed.Max(p => p % 5) - changed.Min(p => p % 5) < 2);   // √(.2 · 25) = 2.2

                    float Pixel(float[] values, int p) => values[image * 50 + p * 2 + channel];
                }
    }

    [Fact]
    public void EverySettingCountsAndABallIsKept()
    {
        var (at, w) = (AttackWorld.Batch(3, 30, 1), Tensor.Gaussian((3, 30), 1, new Rng(2)).Keep());
        Loss loss = point => (point[AttackWorld.X] * w).Sum(-1).Tanh();
        Assert.NotEqual(Values(new(20), Small), Values(new(21), Small));
        Assert.NotEqual(Values(new(20), Small), Values(new(20, Share: 0.3f), Small));
        var round = new Threat(new L2Ball(0.5f), AttackWorld.X);
        Assert.All(Values(new(50), round).Chunk(30), row => Assert.InRange(Math.Sqrt(row.Sum(x => x * x)), 0, 0.50001));

        float[] Values(Square attack, Threat threat) => attack.Find(loss, at, threat, new Rng(1))[AttackWorld.X].Values.ToArray();
    }
}
