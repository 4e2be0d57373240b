using Bulwark.Data;

namespace Bulwark.Tests.Data;

public sealed class LabeledInputsTests
{
    private static readonly LabeledInputs Two = new(2, new float[] { 1, 2, 3, 4, 5, 6 }, new[] { 0, 1, 2 });

    [Fact]
    public void InputsStandBesideTheirPartners()
    {
        var pairs = Two.Beside(new(1, new float[] { 7, 8, 9 }, new[] { 5, 5, 5 }));
        Assert.Equal([3f, 4, 8], pairs[1].ToArray());
        Assert.Equal([0, 1, 2], pairs.Labels.ToArray());
        Assert.Throws<ArgumentException>(() => Two.Beside(Two.Part(0, 2)));
    }

    [Fact]
    public void SomeComeInTheOrderAskedFor()
    {
        var some = Two.Part([2, 0]);
        Assert.Equal([5f, 6], some[0].ToArray());
        Assert.Equal([1f, 2], some[1].ToArray());
        Assert.Equal([2, 0], some.Labels.ToArray());
    }
}
