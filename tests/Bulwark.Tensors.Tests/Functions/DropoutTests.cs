namespace Bulwark.Tensors.Tests.Functions;

public sealed class DropoutTests
{
    private readonly Variable _x = new("x");

    /// <summary>100,000 draws keep their share within five deviations; what is kept is scaled so that the mean stays.</summary>
    [Theory, InlineData(0.1f), InlineData(0.5f), InlineData(0.9f)]
    public void TheRateIsKeptAndTheMeanToo(float rate)
    {
        const int count = 100_000;
        var y = Tensor.Full(count, 1).Dropout(rate, new Rng(3));
        var dropped = 0;
        foreach (var value in y.Values)
        {
            if (value == 0) dropped++;
            else Assert.Equal(1 / (1 - rate), value);
        }
        Assert.InRange(dropped, count * rate - 5 * Math.Sqrt(count * rate * (1 - rate)), count * rate + 5 * Math.Sqrt(count * rate * (1 - rate)));
    }

    [Fact]
    public void ThePullbackDropsTheSameElements()
    {
        var ones = Tensor.Full((7, 31), 1);
        var gradient = Grad.Of(at => at[_x].Dropout(0.5f, new Rng(4)).Sum(), new Point((_x, ones)));
        Assert.Equal(ones.Dropout(0.5f, new Rng(4)).Values, gradient.Move[_x].Values);
    }

    [Fact]
    public void EveryCallDrawsAnewAndEqualSeedsAgree()
    {
        var (ones, rng) = (Tensor.Full(1000, 1), new Rng(5));
        var (first, second) = (ones.Dropout(0.5f, rng), ones.Dropout(0.5f, rng));
        Assert.InRange(Enumerable.Range(0, 1000).Count(i => first.Values[i] == second.Values[i]), 400, 600);
        Assert.Equal(first.Values, ones.Dropout(0.5f, new Rng(5)).Values);
    }

    /// <summary>Each of the four patterns of two neighbors holds a quarter. χ² with 3 degrees of freedom is above 21 once in 10⁴.</summary>
    [Fact]
    public void NeighborsAreIndependent()
    {
        const int pairs = 40_000;
        var y = Tensor.Full(2 * pairs, 1).Dropout(0.5f, new Rng(6));
        var counts = new int[4];
        for (var i = 0; i < pairs; i++) counts[(y.Values[2 * i] > 0 ? 1 : 0) + (y.Values[2 * i + 1] > 0 ? 2 : 0)]++;
        Assert.InRange(counts.Sum(count => (count - pairs / 4.0) * (count - pairs / 4.0) / (pairs / 4.0)), 0, 21);
    }

    [Fact]
    public void WithoutARandomSourceOrARateNothingHappens()
    {
        var x = Tensor.Of(2, 1, 2);
        Assert.Same(x, x.Dropout(0.5f, null));
        Assert.Same(x, x.Dropout(0, new Rng(1)));
    }

    [Theory, InlineData(1), InlineData(-0.1f), InlineData(float.NaN)]
    public void RatesAreChecked(float rate) => Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros(1).Dropout(rate, new Rng(1)));
}
