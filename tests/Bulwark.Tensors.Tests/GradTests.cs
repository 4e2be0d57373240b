namespace Bulwark.Tensors.Tests;

public sealed class GradTests
{
    private readonly Variable _x = new("x"), _y = new("y");

    /// <summary>x²y at (3, 2): value 18, gradient (2xy, x²) = (12, 9).</summary>
    [Fact]
    public void ValueAndGradient()
    {
        var (value, move) = Grad.Of(at => at[_x] * at[_x] * at[_y], At(3, 2));
        Assert.Equal((18, 12, 9), (value.Item(), move[_x].Item(), move[_y].Item()));
    }

    /// <summary>∇(x · x) = 2x twice over: gradients of steps that are over still add up.</summary>
    [Fact]
    public void GradientsOfRowDotsOutliveTheirStep()
    {
        using var scope = Scope.Open();
        var x = new Variable("rows");
        var at = new Point((x, Tensor.Of((2, 2), 1, 2, 3, 4)));
        var (first, second) = (Of(), Of());
        Assert.Equal([4, 8, 12, 16], (first + second)[x].Values.ToArray());

        Move Of() => Grad.Of(point => point[x].Dot(point[x]).Sum(), at).Move;
    }

    [Fact]
    public void OnlyWhatIsAskedForAndOnlyWhatWasRead()
    {
        var move = Grad.Of(at => at[_x] * at[_x] * at[_y], At(3, 2), _y).Move;
        Assert.Equal([_y], move.Variables.ToArray());
        Assert.Equal([_y], Grad.Of(at => at[_y] * 2, At(3, 2)).Move.Variables.ToArray());
        Assert.True(Grad.Of(_ => Tensor.Scalar(1), At(3, 2)).Move.IsZero);
        Assert.Contains("It moves: y", Assert.Throws<KeyNotFoundException>(() => move[_x]).Message);
    }

    /// <summary>A loss of value 18 and gradient (12, 9) worked out before: thrice that, plus xy, has the value 60 and the gradient (36 + y, 27 + x).</summary>
    [Fact]
    public void AGivenGradientIsPassedOn()
    {
        var (value, move) = Grad.Of(at => at[_x] * at[_x] * at[_y], At(3, 2));
        var (again, passed) = Grad.Of(at => Grad.Given(at, value.Item(), move) * 3 + at[_x] * at[_y], At(3, 2));
        Assert.Equal((60, 38, 30), (again.Item(), passed[_x].Item(), passed[_y].Item()));
        Assert.Equal(18, Grad.Given(At(3, 2), 18, move).Item());
    }

    /// <summary>Rows stay rows.</summary>
    [Fact]
    public void AGivenRowSparseGradientStaysSparse()
    {
        var at = new Point((_x, Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6)));
        var rows = new Ids(2, 0, 2);
        var gradient = Grad.Of(point => point[_x].Rows(rows).Sum(), at).Move;
        var passed = Grad.Of(point => Grad.Given(point, 1, gradient), at).Move[_x];
        Assert.True(passed.IsSparse);
        Assert.Equal([1, 1, 0, 0, 2, 2], passed.Values.ToArray());
    }

    /// <summary>What is given with the data is followed only where it is asked for.</summary>
    [Fact]
    public void WhatIsGivenIsLeftOutUnlessAskedFor()
    {
        var given = new Variable("given") { IsGiven = true };
        var at = At(3, 2).With(given, Tensor.Scalar(5));
        Assert.Equal([_x], Grad.Of(point => point[_x] * point[given], at).Move.Variables.ToArray());
        Assert.Equal(3, Grad.Of(point => point[_x] * point[given], at, given).Move[given].Item());
    }

    /// <summary>Σ 2x + Σ of rows 1 and 1 again: 2 everywhere, and 2 more in row 1.</summary>
    [Fact]
    public void ATableReadWholeAndByRowsHasAGradientThatOutlivesItsEvaluation()
    {
        var (at, ids) = (new Point((_x, Tensor.Full((3, 2), 5))), new Ids(1, 1));
        using var scope = Scope.Open();
        var gradient = Grad.Of(point => point[_x].Rows(ids).Sum() + (point[_x] * 2).Sum(), at).Move[_x];
        Tensor.Full((3, 2), 9);
        Assert.Equal([2, 2, 4, 4, 2, 2], gradient.Values);
    }

    [Fact]
    public void ALossIsAScalarOrAVector() =>
        Assert.Contains("(2, 3)", Assert.Throws<ArgumentException>(() => Grad.Of(_ => Tensor.Zeros((2, 3)), At(1, 1))).Message);

    /// <summary>x = (1, 2, 3), L_b = x_b² y: the values are (2, 8, 18) for y = 2; ∂Σ/∂x = 2xy = (4, 8, 12), ∂Σ/∂y = Σ x² = 14.</summary>
    [Fact]
    public void OfAVectorTheSumIsDifferentiated()
    {
        var (value, move) = Grad.Of(at => at[_x] * at[_x] * at[_y], new Point((_x, Tensor.Of(3, 1, 2, 3)), (_y, Tensor.Scalar(2))));
        Assert.Equal([2, 8, 18], value.Values.ToArray());
        Assert.Equal([4, 8, 12], move[_x].Values.ToArray());
        Assert.Equal(14, move[_y].Item());
    }

    /// <summary>A thrown loss leaves the tape as it was.</summary>
    [Fact]
    public void AFailedEvaluationLeavesNothingBehind()
    {
        Loss broken = at => at[_x] * 2 is null ? null! : throw new NotSupportedException();
        for (var i = 0; i < 40; i++) Assert.Throws<NotSupportedException>(() => Grad.Of(broken, At(1, 1)));
        Assert.Equal(12, Grad.Of(at => at[_x] * at[_x] * at[_y], At(3, 2)).Move[_x].Item());
    }

    /// <summary>d/dx of (d/dx x³)² = d/dx 9x⁴ = 36x³.</summary>
    [Fact]
    public void GradientsOfGradients()
    {
        var move = Grad.Of(at =>
        {
            var slope = Grad.Of(inner => inner[_x].Pow(3), at).Move[_x];
            return slope * slope;
        }, At(2, 0)).Move;
        Assert.Equal(36 * 8, move[_x].Item(), 1e-3);
    }

    /// <summary>x⁵ differentiated four times is 120x.</summary>
    [Fact]
    public void FourDeep()
    {
        Loss loss = at => at[_x].Pow(5);
        for (var depth = 0; depth < 3; depth++)
        {
            var inner = loss;
            loss = at => Grad.Of(inner, at, _x).Move[_x];
        }
        Assert.Equal(240, Grad.Of(loss, At(2, 0), _x).Move[_x].Item(), 1e-3);
    }

    /// <summary>With d = ∂(x²)/∂x held constant at the point, ∂(d·x)/∂x = d = 2x; differentiated through it is 4x.</summary>
    [Fact]
    public void AFixedPointHidesTheInnerGradient()
    {
        Tensor Product(Point at, Point inner) => Grad.Of(p => p[_x] * p[_x], inner, _x).Move[_x] * at[_x];
        Assert.Equal(6, Grad.Of(at => Product(at, at.Fixed()), At(3, 0)).Move[_x].Item());
        Assert.Equal(12, Grad.Of(at => Product(at, at), At(3, 0)).Move[_x].Item());
    }

    /// <summary>
    /// An inner loss at a fixed point that captured something followed, as one that compares with clean outputs does: its gradient is a constant.
    /// d = ∂(y · 2x)/∂y = 2x; ∂(d·x)/∂x = d.
    /// </summary>
    [Fact]
    public void AFixedPointHidesWhatItsLossCaptured()
    {
        var move = Grad.Of(at =>
        {
            var captured = at[_x] * 2;
            return Grad.Of(inner => inner[_y] * captured, at.Fixed(), _y).Move[_y] * at[_x];
        }, At(3, 1), _x).Move;
        Assert.Equal(6, move[_x].Item());
    }

    /// <summary>The inner loss also reads the outer point: the constant of the inner gradient is still a variable of the outer one.</summary>
    [Fact]
    public void AnInnerLossMayReadTheOuterPoint()
    {
        // d/dx [ x·y ] by the inner x is y of the outer point; times x of the outer point: ∂/∂x = y, ∂/∂y = x
        var move = Grad.Of(at => Grad.Of(inner => inner[_x] * at[_y], at, _x).Move[_x] * at[_x], At(3, 2)).Move;
        Assert.Equal((2, 3), (move[_x].Item(), move[_y].Item()));
    }

    /// <summary>
    /// The penalty of a critic D(x) = tanh(xw): (‖∇_x D‖ − 1)², differentiated by w. For one row and one output ∇_x D = (1 − tanh²(x·w)) w.
    /// The gradient is checked by differences of this formula in double precision.
    /// </summary>
    [Fact]
    public void GradientPenalty()
    {
        double[] x = [0.3, -0.5, 0.8], w = [0.7, 0.2, -0.4];
        var (input, weights) = (new Variable("input"), new Variable("weights"));
        var at = new Point((input, Tensor.Of((1, 3), 0.3f, -0.5f, 0.8f)), (weights, Tensor.Of((3, 1), 0.7f, 0.2f, -0.4f)));
        var (value, move) = Grad.Of(p =>
        {
            var slope = Grad.Of(q => q[input].MatMul(q[weights]).Tanh().Sum(), p, input).Move[input];
            var excess = slope.NormOfRows() - 1;
            return (excess * excess).Sum();
        }, at, weights);
        Assert.Equal(Penalty(w), value.Item(), 1e-6);
        for (var i = 0; i < 3; i++)
        {
            double[] up = [.. w], down = [.. w];
            up[i] += 1e-4;
            down[i] -= 1e-4;
            Assert.Equal((Penalty(up) - Penalty(down)) / 2e-4, move[weights].Values[i], 1e-5);
        }

        double Penalty(double[] w)
        {
            var tanh = Math.Tanh(w.Zip(x, (a, b) => a * b).Sum());
            var norm = (1 - tanh * tanh) * Math.Sqrt(w.Sum(a => a * a));
            return (norm - 1) * (norm - 1);
        }
    }

    /// <summary>A matrix factorization's loss: the gradient of its tables is row-sparse and equals that of dense products with one-hot rows.</summary>
    [Fact]
    public void RowSparseGradientsEqualDenseOnes()
    {
        var (users, items) = (new Ids(0, 3, 0, 2, 3), new Ids(1, 1, 4, 0, 1));
        var at = new Point((_x, Tensor.Gaussian((4, 6), 1, new Rng(1))), (_y, Tensor.Gaussian((5, 6), 1, new Rng(2))));
        var (oneHotUsers, oneHotItems) = (OneHot(users, 4), OneHot(items, 5));
        var sparse = Grad.Of(p => p[_x].Rows(users).Dot(p[_y].Rows(items)).Softplus().Sum(), at);
        var dense = Grad.Of(p => oneHotUsers.MatMul(p[_x]).Dot(oneHotItems.MatMul(p[_y])).Softplus().Sum(), at);
        Assert.Equal(dense.Value.Item(), sparse.Value.Item(), 1e-5);
        foreach (var variable in new[] { _x, _y })
        {
            Assert.True(sparse.Move[variable].IsSparse);
            Assert.False(dense.Move[variable].IsSparse);
            Close.To(dense.Move[variable], sparse.Move[variable], 1e-5);
        }
        Assert.Equal([0, 3, 2], sparse.Move[_x].StoredRows);
    }

    /// <summary>What APR does: the loss at a displaced point, where the displacement is a normalized row-sparse gradient held constant.</summary>
    [Fact]
    public void LossesAtSparselyDisplacedPoints()
    {
        var (users, items) = (new Ids(0, 3, 0, 2, 3), new Ids(1, 1, 4, 0, 1));
        var at = new Point((_x, Tensor.Gaussian((4, 6), 1, new Rng(1))), (_y, Tensor.Gaussian((5, 6), 1, new Rng(2))));
        Tensor Loss(Point p) => p[_x].Rows(users).Dot(p[_y].Rows(items)).Softplus().Sum();
        var outer = Grad.Of(p =>
        {
            var move = Grad.Of(Loss, p.Fixed()).Move.Map((_, delta) => delta.UnitRows(0.5f));
            return Loss(p + move);
        }, at);
        var denseMove = Grad.Of(Loss, at).Move.Map((_, delta) => Tensor.Of(delta.Shape, delta.Values).UnitRows(0.5f));
        var expected = Grad.Of(Loss, at + denseMove);
        Assert.Equal(expected.Value.Item(), outer.Value.Item(), 1e-5);
        Close.To(expected.Move[_x], outer.Move[_x], 1e-5);
        Close.To(expected.Move[_y], outer.Move[_y], 1e-5);
        Assert.True(outer.Move[_x].IsSparse);
    }

    private Point At(float x, float y) => new((_x, Tensor.Scalar(x)), (_y, Tensor.Scalar(y)));

    private static Tensor OneHot(Ids ids, int rows)
    {
        var values = new float[ids.Count * rows];
        for (var b = 0; b < ids.Count; b++) values[b * rows + ids.Rows[b]] = 1;
        return Tensor.Of((ids.Count, rows), values);
    }
}
