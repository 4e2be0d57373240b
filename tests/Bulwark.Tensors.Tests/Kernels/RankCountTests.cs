using System.Runtime.Intrinsics;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
public sealed class RankCountTests
{
    /// <summary>Of (5, 3, NaN, 3, 1, ∞), two are above 3 and two equal it. Nothing compares with NaN.</summary>
    [Fact]
    public void CountsAboveAndEqual()
    {
        float[] scores = [5, 3, float.NaN, 3, 1, float.PositiveInfinity];
        Assert.Equal((2, 2), RankCount.Count(scores, 3));
        Assert.Equal((0, 0), RankCount.Count(scores, float.NaN));
        Assert.Equal((5, 0), RankCount.Count(scores, float.NegativeInfinity));
    }

    [Fact]
    public void AgreesWithThePlainLoopAtEveryLengthAndWidth()
    {
        var rng = new Rng(3);
        for (var length = 0; length < 200; length++)
        {
            var row = new float[length];
            foreach (ref var x in row.AsSpan()) x = rng.Next(20) == 0 ? float.NaN : rng.Next(7) - 3;
            for (var score = -4; score <= 4; score++)
            {
                var expected = RankCount.Scalar(row, score);
                Assert.Equal(expected, RankCount.Count(row, score));
                if (MatMul.Has512) Assert.Equal(expected, RankCount.Vectors<Vector512<float>, Lanes512>(row, score));
                if (MatMul.Has128) Assert.Equal(expected, RankCount.Vectors<Vector128<float>, Lanes128>(row, score));
                if (MatMul.Has256) Assert.Equal(expected, RankCount.Vectors<Vector256<float>, Lanes256>(row, score));
            }
        }
    }
}
