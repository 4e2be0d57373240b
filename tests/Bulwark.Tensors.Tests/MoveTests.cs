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
}
