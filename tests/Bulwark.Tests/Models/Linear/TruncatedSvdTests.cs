using Bulwark.Models.Linear;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Linear;

public sealed class TruncatedSvdTests
{
    /// <summary>X = (3 0 0; 0 0 2): σ = 3 along item 0 and 2 along item 2, and no third.</summary>
    [Fact]
    public void ValuesCountAndWhatIsBeyondTheRankIsZero()
    {
        var matrix = SparseRows.Of([0, 1], [0, 2], [3, 2], 2, 3);
        var (image, basis) = TruncatedSvd.Of(matrix, 3, 8, new Rng(1));
        float[] expected = [9, 0, 0, 4];                                                         // XV (XV)ᵀ = XXᵀ
        Assert.Equal(expected, image.MatMul(image, transposeY: true).Values.ToArray(), Near);
        expected = [1, 0, 0, 0, 0, 0, 0, 0, 1];                                                  // VVᵀ, onto items 0 and 2
        Assert.Equal(expected, basis.MatMul(basis, transposeY: true).Values.ToArray(), Near);
        Assert.Equal(3, Math.Abs(image.Values[0]), 1e-4f);                                       // the largest first
        for (var row = 0; row < 2; row++) Assert.Equal(0, image.Values[row * 3 + 2], 1e-4f);
    }

    private static bool Near(float x, float y) => Math.Abs(x - y) < 1e-4f;
}
