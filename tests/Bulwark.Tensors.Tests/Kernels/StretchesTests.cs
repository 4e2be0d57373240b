namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>Where long arrays are cut for the team, and how many threads it has, changes no bit: 900 × 100 floats are three parts.</summary>
[Collection("Team")]
public sealed class StretchesTests : IDisposable
{
    private const int Rows = 900, Width = 100, Piece = 90;
    private readonly int _threads = Team.Threads;
    private readonly Tensor _x = Tensor.Gaussian((Rows, Width), 1, new Rng(1));
    private readonly Tensor _gain = Tensor.Gaussian(Width, 1, new Rng(2)), _bias = Tensor.Gaussian(Width, 1, new Rng(3));

    public static TheoryData<string> Formulas => [.. All.Keys];

    private static Dictionary<string, Func<StretchesTests, Tensor, Tensor>> All => new()
    {
        ["softmax"] = (_, x) => x.Softmax(),
        ["layer norm"] = (t, x) => x.LayerNorm(t._gain, t._bias),
        ["gelu"] = (_, x) => x.Gelu(),
        ["broadcast"] = (t, x) => x * t._gain + t._bias,
        ["signs"] = (_, x) => x + x.Fixed().AscendSigns(x.Fixed() * 2, 0.3f, 0.4f),
        ["box"] = (_, x) => x + x.Fixed().KeepInBox(x.Fixed() * 2, -1, 1),
    };

    public void Dispose() => Team.Threads = _threads;

    [Theory]
    [MemberData(nameof(Formulas))]
    public void WholeArraysAreTheirPieces(string name)
    {
        foreach (var threads in new[] { 1, 3 })
        {
            Team.Threads = threads;
            var (value, gradient) = ValueAndGradient(_x, name);
            for (var first = 0; first < Rows; first += Piece)
            {
                var piece = ValueAndGradient(_x.Slice(0, first, Piece), name);
                Assert.Equal(piece.Value.Values, value.Slice(0, first, Piece).Values);
                Assert.Equal(piece.Gradient.Values, gradient.Slice(0, first, Piece).Values);
            }
        }
    }

    [Fact]
    public void WhatIsDroppedDependsOnThePlaceAlone()
    {
        Team.Threads = 1;
        var once = _x.Dropout(0.3f, new Rng(5)).Values.ToArray();
        Team.Threads = 3;
        Assert.Equal(once, _x.Dropout(0.3f, new Rng(5)).Values.ToArray());
        Assert.InRange(once.Count(value => value == 0) / (double)once.Length, 0.29, 0.31);       // 1.5 ‰ is a standard deviation
        var (first, last) = (once[..32768].Select(value => value == 0), once[32768..65536].Select(value => value == 0));
        Assert.False(first.SequenceEqual(last));             // parts do not repeat one another
    }

    private (Tensor Value, Tensor Gradient) ValueAndGradient(Tensor x, string name)
    {
        var variable = new Variable("x");
        var gradient = Grad.Of(at => (All[name](this, at[variable]) * x).Sum(), new Point((variable, x))).Move[variable];
        return (All[name](this, x), gradient);
    }
}
