namespace Bulwark.Tensors.Tests.Functions;

/// <summary>Stretched operations and sums against plain index arithmetic, for every pair of shapes that go together.</summary>
public sealed class BroadcastTests
{
    private static readonly Shape[] _shapes =
    [
        default, 1, 3, 19, (2, 1), (1, 3), (2, 3), (2, 19), (0, 3), (0, 1), (2, 1, 3), (4, 1, 1), (4, 2, 3), (1, 2, 1),
        (5, 1, 2, 3), (5, 4, 1, 1), (1, 1, 1, 19), (5, 4, 2, 19),
    ];

    [Fact]
    public void EveryPairOfShapes()
    {
        var pairs = 0;
        foreach (var a in _shapes)
            foreach (var b in _shapes)
            {
                if (!GoTogether(a, b)) continue;
                var (x, y) = (Tensor.Uniform(a, 1, 2, new Rng(1)), Tensor.Uniform(b, 1, 2, new Rng(2)));
                var shape = Shape.Broadcast(a, b);
                Close.To(shape, Each(shape).Select(i => (double)At(x, i) - At(y, i)), x - y, 1e-6);
                Close.To(shape, Each(shape).Select(i => (double)At(x, i) / At(y, i)), x / y, 1e-6);
                pairs++;
            }
        Assert.True(pairs > 100);
    }

    [Fact]
    public void ExpandingAndSumming()
    {
        foreach (var small in _shapes)
            foreach (var large in _shapes)
            {
                if (!GoTogether(small, large) || Shape.Broadcast(small, large) != large) continue;
                var (x, y) = (Tensor.Uniform(small, 1, 2, new Rng(1)), Tensor.Uniform(large, -1, 2, new Rng(2)));
                Close.To(large, Each(large).Select(i => (double)At(x, i)), x.ExpandTo(large), 0);
                var sums = new double[small.Count];
                var places = Tensor.Of(small, [.. Enumerable.Range(0, small.Count).Select(i => (float)i)]);
                foreach (var i in Each(large)) sums[(int)At(places, i)] += At(y, i);
                Close.To(small, sums, y.SumTo(small), 1e-3);
            }
    }

    [Fact]
    public void ASparseTensorInArithmeticIsItsDenseSelf()
    {
        var sparse = Tensor.Of((3, 2), 1, 2, 3, 4, 5, 6).ScatterRows(new Ids(2, 0, 2), (4, 2));
        var (dense, other) = (Tensor.Of((4, 2), sparse.Values), Tensor.Uniform((4, 2), 1, 2, new Rng(1)));
        Assert.Equal((dense * other).Values, (sparse * other).Values);
        Assert.Equal((other * dense).Values, (other * sparse).Values);
        Assert.Equal((dense / other).Values, (sparse / other).Values);
        Assert.Equal((dense - other).Values, (sparse - other).Values);
        Assert.Equal((other - dense).Values, (other - sparse).Values);
        Assert.Equal((dense + 1).Values, (sparse + 1).Values);
        Assert.Equal((dense * 3).Values, (sparse * 3).Values);
        Assert.Equal(dense.Sign().Values, sparse.Sign().Values);
        Assert.Equal(dense.Sum(0).Values, sparse.Sum(0).Values);
    }

    private static bool GoTogether(Shape a, Shape b)
    {
        for (var i = 1; i <= Math.Min(a.Rank, b.Rank); i++) if (a[-i] != b[-i] && a[-i] != 1 && b[-i] != 1) return false;
        return true;
    }

    /// <summary>All positions of a shape in order, padded to four axes.</summary>
    private static IEnumerable<int[]> Each(Shape shape)
    {
        for (var i = 0; i < shape.Count; i++)
        {
            var (at, rest) = (new int[4], i);
            for (var axis = 1; axis <= shape.Rank; axis++) (at[4 - axis], rest) = (rest % shape[-axis], rest / shape[-axis]);
            yield return at;
        }
    }

    /// <summary>The element at a position, positions along axes of length 1 (and missing ones) taken as 0.</summary>
    private static float At(Tensor x, int[] at)
    {
        var place = 0;
        for (var axis = 4 - x.Shape.Rank; axis < 4; axis++)
        {
            var length = x.Shape[axis - 4];
            place = place * length + (length == 1 ? 0 : at[axis]);
        }
        return x.Values[place];
    }

    /// <summary>Arrays long enough for the team to share: every element is worked on once.</summary>
    [Fact]
    public void LongArraysLeaveNothingOut()
    {
        const int count = (1 << 17) + 4321;
        var x = Tensor.Of(count, [.. Enumerable.Range(0, count).Select(i => (float)i)]);
        float[] squares = (x * x).Values.ToArray(), larger = (x + 0.5f).Values.ToArray(), opposite = (-x).Values.ToArray();
        for (var i = 0; i < count; i++) Assert.Equal(((float)i * i, i + 0.5f, -(float)i), (squares[i], larger[i], opposite[i]));
    }
}
