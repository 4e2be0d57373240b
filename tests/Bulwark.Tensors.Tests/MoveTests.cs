namespace Bulwark.Tensors.Tests;

public sealed class MoveTests
{
    private static readonly Variable Table = new("table");

    private static readonly Point At = new((Table, Tensor.Gaussian((6, 3), 1, new Rng(1))));

    /// <summary>∇f + ∇g = ∇(f + g), though both gradients outlive the evaluations that gave them; in a scope and without one, on the same rows and others.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void GradientsAdd(bool sameRows)
    {
        Ids first = new(4, 0, 4), second = sameRows ? first : new(5, 4);
        Loss f = at => (at[Table].Rows(first) * at[Table].Rows(first)).Sum(), g = at => at[Table].Rows(second).Sigmoid().Sum();
        var expected = Grad.Of(at => f(at) + g(at), At).Move[Table].Values.ToArray();
        Check();
        using (Scope.Open()) Check();

        void Check()
        {
            var (df, dg) = (Grad.Of(f, At).Move, Grad.Of(g, At).Move);
            var sum = (df + dg)[Table];
            Assert.True(sum.IsSparse);
            for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], sum.Values[i], 1e-5f);
            var thrice = (df + dg + df)[Table] * 0.5f;
            for (var i = 0; i < expected.Length; i++) Assert.Equal(0.5f * (expected[i] + df[Table].Values[i]), thrice.Values[i], 1e-5f);
        }
    }

    /// <summary>√(2² + 3² + 6²) = 7 over a dense and a row-sparse displacement; nothing at all has the norm 0.</summary>
    [Fact]
    public void TheNormIsOfAllDisplacements()
    {
        var move = new Move((new Variable("dense"), Tensor.Of(2, 2, -3)), (Table, Tensor.Of((1, 3), 0, 6, 0).ScatterRows(new Ids(4), (6, 3))));
        Assert.Equal((7, 0), (move.Norm, Move.Zero.Norm));
    }

    /// <summary>What is given back is stale at once and handed out again; what another move shares, or nobody rented, stays.</summary>
    [Fact]
    public void ReleasedMemoryIsHandedOutAgain()
    {
        Assert.True(At.Has(Table));                          // made before the scope opens, so that it outlives it
        using var scope = Scope.Open();
        Move Made(float value) => new((Table, Tensor.Full((6, 3), value)));
        var (first, shared, sparse) = (Made(1), Made(2), new Move((Table, Tensor.Full((2, 3), 3).ScatterRows(new Ids(4, 1), (6, 3)))));
        sparse.Promote();
        shared.Release(first, shared);
        Assert.Equal(2, shared[Table].Values[0]);
        first.Release(shared);
        Assert.Throws<InvalidOperationException>(() => first[Table].Values[0]);
        var stored = sparse[Table].Stored;
        sparse.Release();
        Assert.Throws<InvalidOperationException>(() => stored.Values[0]);
        first.Release();                                     // twice is once
        var (next, another) = (Made(4), Made(5));
        Assert.Equal([4, 5, 2], [next[Table].Values[0], another[Table].Values[0], shared[Table].Values[0]]);
        var kept = Made(6).Keep();
        kept.Release();
        Assert.Equal(6, kept[Table].Values[0]);
    }
}
