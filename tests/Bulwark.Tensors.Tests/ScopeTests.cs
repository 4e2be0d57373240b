namespace Bulwark.Tensors.Tests;

public sealed class ScopeTests
{
    [Fact]
    public void AClosedScopeMakesItsTensorsStale()
    {
        Tensor lost, kept;
        using (Scope.Open())
        {
            lost = Tensor.Of(2, 1, 2) + 1;
            kept = lost.Keep();
        }
        Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => lost.Values[0]).Message);
        Assert.Contains("Keep()", Assert.Throws<InvalidOperationException>(() => lost * 2).Message);
        Assert.Equal([2, 3], kept.Values);
    }

    [Fact]
    public void WithoutAScopeTensorsLast()
    {
        var x = Tensor.Of(2, 1, 2);
        using (Scope.Open()) _ = x + 1;
        Assert.Equal([1, 2], x.Values);
    }

    [Fact]
    public void AnInnerScopeLeavesTheOuterAlone()
    {
        using (Scope.Open())
        {
            var outer = Tensor.Full(1000, 1);
            Tensor inner;
            using (Scope.Open()) inner = Tensor.Full(1000, 2);
            Assert.Throws<InvalidOperationException>(() => inner.Values[0]);
            using (Scope.Open()) Tensor.Full(1000, 3).Keep();
            Assert.Equal(1000, outer.Sum().Item());
        }
    }

    /// <summary>A gradient's result is promoted to the caller's scope: there it lives exactly as long as that.</summary>
    [Fact]
    public void PromotedResultsBelongToTheEnclosingScope()
    {
        var x = new Variable("x");
        Tensor gradient;
        using (Scope.Open())
        {
            gradient = Grad.Of(at => (at[x] * at[x]).Sum(), new Point((x, Tensor.Of(2, 1, 2)))).Move[x];
            using (Scope.Open()) Tensor.Full(2, 9).Keep();
            Assert.Equal([2, 4], gradient.Values);
        }
        Assert.Throws<InvalidOperationException>(() => gradient.Values[0]);
        gradient = Grad.Of(at => (at[x] * at[x]).Sum(), new Point((x, Tensor.Of(2, 1, 2)))).Move[x];
        using (Scope.Open()) Tensor.Full(2, 9).Keep();
        Assert.Equal([2, 4], gradient.Values);
    }

    [Fact]
    public void MemoryIsUsedAgain()
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var step = 0; step < 100; step++) using (Scope.Open()) _ = Tensor.Full(1 << 16, 1) + 1;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100 * (1 << 16));    // 52 MB without reuse
    }

    [Fact]
    public void EmptyAndLargeTensorsHaveScopesToo()
    {
        using (Scope.Open())
        {
            Assert.Equal(0, Tensor.Zeros((0, 5)).Values.Length);
            Assert.Equal(0, (Tensor.Zeros((0, 5)) + 1).Sum().Item());
            Assert.Equal((1 << 20) + 1, Tensor.Full((1 << 20) + 1, 1).Values.Length);
        }
    }
}
