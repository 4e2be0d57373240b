using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Neighbors;

/// <summary>Rows made ready to be compared: what a pair counts, times how much its column tells.</summary>
internal sealed class RowWeights
{
    private const float K1 = 1.2f, B = 0.75f;                // BM25: how fast a count saturates, how much length matters
    private readonly NeighborOptions _options;
    private readonly float[] _idf, _norms;                   // (columns); (rows) ‖y‖^2(1−α)
    private readonly float _meanLength;

    public RowWeights(SparseRows rows, NeighborOptions options)
    {
        if (options.Neighbors < 1) throw new ArgumentOutOfRangeException(nameof(options), options.Neighbors, "There must be at least one neighbor.");
        if (!(options.Shrinkage >= 0)) throw new ArgumentOutOfRangeException(nameof(options), options.Shrinkage, "Shrinkage cannot be negative.");
        if (!(options.Asymmetry is >= 0 and <= 1)) throw new ArgumentOutOfRangeException(nameof(options), options.Asymmetry, "α lies between 0 and 1.");
        var columns = rows.Transpose();
        _options = options;
        _meanLength = (float)rows.Columns.Length / rows.RowCount;
        _idf = new float[rows.ColumnCount];
        for (var c = 0; c < _idf.Length; c++) _idf[c] = MathF.Log(1 + (rows.RowCount - columns.Length(c) + 0.5f) / (columns.Length(c) + 0.5f));
        Rows = Centered(rows, columns, options.Similarity).Map((row, column, value) => value * Of(column, rows.Length(row)));
        _norms = new float[rows.RowCount];
        for (var row = 0; row < _norms.Length; row++) _norms[row] = MathF.Pow(Norm(Rows.Values(row)), 2 * (1 - options.Asymmetry));
    }

    /// <summary>The weighted rows.</summary>
    public SparseRows Rows { get; }

    /// <summary>The weight of a column in a row with so many pairs.</summary>
    public float Of(int column, int length) => _options.Weighting switch
    {
        Weighting.TfIdf => _idf[column],
        Weighting.Bm25 => _idf[column] * (K1 + 1) / (1 + K1 * (1 - B + B * length / _meanLength)),
        _ => 1,
    };

    /// <summary>s(x, ·) of a row of these values: of a neighbor and its product with x.</summary>
    public Func<int, float, float> SimilarityTo(ReadOnlySpan<float> values)
    {
        var norm = MathF.Pow(Norm(values), 2 * _options.Asymmetry);
        return (neighbor, dot) => dot / (norm * _norms[neighbor] + _options.Shrinkage);
    }

    private static float Norm(ReadOnlySpan<float> values)
    {
        var sum = 0.0;
        foreach (var value in values) sum += (double)value * value;
        return (float)Math.Sqrt(sum);
    }

    private static SparseRows Centered(SparseRows rows, SparseRows columns, Similarity similarity)
    {
        if (similarity == Similarity.Cosine) return rows.Map((_, _, _) => 1);
        var byRow = similarity == Similarity.Pearson;
        var means = Means(byRow ? rows : columns);
        var centered = rows.Map((row, column, value) => value - means[byRow ? row : column]);
        for (var row = 0; row < rows.RowCount; row++)
            if (centered.Values(row).ContainsAnyExcept(0)) return centered;
        throw new DataException("the interactions", null, $"{similarity} compares ratings, and no rating differs from its mean", "use Cosine");
    }

    private static float[] Means(SparseRows rows)
    {
        var means = new float[rows.RowCount];
        for (var row = 0; row < means.Length; row++)
        {
            var sum = 0.0;
            foreach (var value in rows.Values(row)) sum += value;
            if (rows.Length(row) > 0) means[row] = (float)(sum / rows.Length(row));
        }
        return means;
    }
}
