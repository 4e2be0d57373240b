using Bulwark.Defenses;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Defenses;

public sealed class IteratedHardeningTests
{
    private static readonly Variable Strength = new("strength");

    /// <summary>Each round adds 1 to the strength s; under attack the figure is .1 s below 1. Lost: .9, .8, … and at most .65 is allowed.</summary>
    [Theory]
    [InlineData(10, 3, true)]
    [InlineData(3, 3, true)]
    [InlineData(2, 2, false)]
    [InlineData(0, 0, false)]
    public void GoesOnUntilTheTargetHoldsOrTheRoundsRunOut(int rounds, int expected, bool reached)
    {
        var heard = new List<HardeningRound>();
        var (result, seen, done) = new IteratedHardening(0.65, rounds).Run(At(1), Harden, Measure, new Listener(heard));
        Assert.Equal(reached, done);
        Assert.Equal(expected + 1, result.At[Strength].Item());
        Assert.Equal(Enumerable.Range(0, expected + 1), seen.Select(round => round.Round));
        Assert.Equal(seen, heard);
        Assert.Equal(1 - 0.1 * (expected + 1), seen[^1].Lost, 6);
    }

    [Fact]
    public void AModelThatIsRobustAlreadyIsLeftAlone()
    {
        var (result, rounds, reached) = new IteratedHardening(0.95, 5).Run(At(1), (_, _) => throw new InvalidOperationException(), Measure);
        Assert.True(reached);
        Assert.Single(rounds);
        Assert.Equal(1, result.At[Strength].Item());
    }

    [Fact]
    public void RoundsAreNumberedFromOne()
    {
        var numbers = new List<int>();
        new IteratedHardening(0, 3).Run(At(1), (result, rounds) =>
        {
            numbers.Add(rounds.Count);
            return Harden(result, rounds);
        }, Measure);
        Assert.Equal([1, 2, 3], numbers);
    }

    [Fact]
    public void AFigureOfZeroHasNothingToLose() => Assert.Equal(0, new HardeningRound(1, 0, 0).Lost);

    private static TrainingResult At(float strength) => new(new Point((Strength, Tensor.Scalar(strength))), [], 0);

    private static TrainingResult Harden(TrainingResult result, IReadOnlyList<HardeningRound> rounds) => At(result.At[Strength].Item() + 1);

    private static (double, double) Measure(Point at) => (1, 0.1 * at[Strength].Item());

    private sealed class Listener(List<HardeningRound> heard) : IProgress<HardeningRound>
    {
        public void Report(HardeningRound value) => heard.Add(value);
    }
}
