namespace Bulwark.Tensors.Tests;

public sealed class FloatsTests
{
    [Fact]
    public void HoldsWhatWasWrittenLast()
    {
        var floats = new Floats();
        Assert.Equal(0, floats.Tensor.Shape.Count);
        Write(floats, 1, 2, 3);
        Assert.Equal([1, 2, 3], floats.Tensor.Values.ToArray());
        Write(floats, 4);
        Assert.Equal([4], floats.Tensor.Values.ToArray());
        Assert.Equal((Shape)1, floats.Tensor.Shape);
    }

    /// <summary>Whether the refill fits the memory at hand or needs more.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(100)]
    public void OlderContentsAreStale(int count)
    {
        var floats = new Floats();
        Write(floats, 1, 2, 3);
        var before = floats.Tensor;
        floats.Refill(count);
        Assert.Throws<InvalidOperationException>(() => before.Values.Length);
    }

    [Fact]
    public void RefillingAllocatesOnlyTheTensor()
    {
        var floats = new Floats();
        floats.Refill(1000);
        var before = GC.GetAllocatedBytesForCurrentThread();
        floats.Refill(1000);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500);
    }

    private static void Write(Floats floats, params float[] values) => values.CopyTo(floats.Refill(values.Length));
}
