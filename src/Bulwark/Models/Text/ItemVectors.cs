using Bulwark.Features;
using Bulwark.Models.Linear;
using Bulwark.Tensors;
using MathNet.Numerics.LinearAlgebra;
using Microsoft.Extensions.AI;

namespace Bulwark.Models.Text;

/// <summary>Vectors of items for content models, from any embedding generator: our own encoder, a service, or either behind a cache.</summary>
public static class ItemVectors
{
    private const int Batch = 256, Iterations = 4;

    /// <summary>The embedding of each item's text, (items, d); zeros for an item without a text.</summary>
    /// <param name="generator">Who makes embeddings.</param>
    /// <param name="texts">A text for each item; null or blank where there is none.</param>
    /// <param name="cancel">Stops between batches.</param>
    /// <exception cref="ArgumentException">No item has a text.</exception>
    /// <exception cref="InvalidOperationException">The generator gave another number of vectors than texts, or vectors of several lengths.</exception>
    public static async Task<Tensor> OfAsync(
        IEmbeddingGenerator<string, Embedding<float>> generator, IReadOnlyList<string?> texts, CancellationToken cancel = default)
    {
        var told = Enumerable.Range(0, texts.Count).Where(item => !string.IsNullOrWhiteSpace(texts[item])).ToArray();
        if (told.Length == 0) throw new ArgumentException("No item has a text to make a vector of.", nameof(texts));
        float[]? result = null;
        var dimension = 0;
        foreach (var some in told.Chunk(Batch))
        {
            var made = await generator.GenerateAsync(some.Select(item => texts[item]!), cancellationToken: cancel).ConfigureAwait(false);
            if (made.Count != some.Length) throw new InvalidOperationException($"The generator gave {made.Count} vectors for {some.Length} texts.");
            foreach (var (item, embedding) in some.Zip(made))
            {
                result ??= new float[texts.Count * (dimension = embedding.Vector.Length)];
                if (embedding.Vector.Length != dimension)
                    throw new InvalidOperationException($"The generator gave vectors of {dimension} and of {embedding.Vector.Length} numbers.");
                embedding.Vector.Span.CopyTo(result.AsSpan(item * dimension));
            }
        }
        return Tensor.Of((texts.Count, dimension), result!);
    }

    /// <summary>
    /// The texts' TF-IDF in its largest singular directions, as many as there are up to a width (latent semantic analysis: Deerwester et al. 1990). (items, d).
    /// </summary>
    /// <param name="texts">A text for each item; null or blank where there is none.</param>
    /// <param name="width">The most directions.</param>
    /// <param name="rng">Starts the search for them.</param>
    /// <exception cref="ArgumentException">No two texts have a word in common.</exception>
    public static Tensor Latent(IReadOnlyList<string?> texts, int width, Rng rng)
    {
        var rows = new TextVectorizer(texts, new WordTokenizer(), 2).TfIdf(texts);
        if (rows.ColumnCount == 0) throw new ArgumentException("No two items have a word of their texts in common; vectors need texts.", nameof(texts));
        return TruncatedSvd.Of(rows, Math.Min(width, Math.Min(rows.RowCount, rows.ColumnCount)), Iterations, rng).Image;
    }

    /// <summary>
    /// (x − mean) U / √λ: no direction tells more than another, where those of text encoders share a few large ones that hide in every cosine what sets
    /// texts apart (Su et al. 2021). U and λ are the directions of the covariance and their variances; those without variance are left out. Rows of
    /// zeros stay zeros and do not count.
    /// </summary>
    /// <param name="vectors">(items, d).</param>
    /// <returns>(items, at most d), the direction of the largest variance first.</returns>
    public static Tensor Whitened(Tensor vectors) => Whitening(vectors)(vectors);

    /// <summary>The map of <see cref="Whitened"/> that some vectors teach, for these and for later ones.</summary>
    public static Func<Tensor, Tensor> Whitening(Tensor vectors)
    {
        var (mean, map) = Directions(vectors);
        return others => Tensor.Of(
            (others.Shape[0], map.ColumnCount), [.. (Centered(others, mean, out _, out _) * map).ToRowMajorArray().Select(x => (float)x)]);
    }

    /// <summary>The same map as tensors, for a formula: the mean, (d), and U / √λ, (d, d), with columns of zeros for directions without variance.</summary>
    public static (Tensor Mean, Tensor Map) WhiteningOf(Tensor vectors)
    {
        var (mean, map) = Directions(vectors);
        var square = map.Append(Matrix<double>.Build.Dense(map.RowCount, map.RowCount - map.ColumnCount + 1)).SubMatrix(0, map.RowCount, 0, map.RowCount);
        return (Tensor.Of(map.RowCount, [.. mean.Select(x => (float)x)]),
            Tensor.Of((map.RowCount, map.RowCount), [.. square.ToRowMajorArray().Select(x => (float)x)]));
    }

    private static (Vector<double> Mean, Matrix<double> Map) Directions(Tensor vectors)
    {
        const double tiny = 1e-6;                            // of the largest variance: float32 holds no direction below
        var all = Centered(vectors, null, out var mean, out var told);
        var directions = (all.TransposeThisAndMultiply(all) / Math.Max(told, 1)).Evd(Symmetricity.Symmetric);
        var variances = directions.EigenValues.Select(value => value.Real).ToArray();                // ascending
        int[] kept = [.. Enumerable.Range(0, variances.Length).Reverse().Where(c => variances[c] > tiny * variances[^1] && variances[c] > 0)];
        if (kept.Length == 0) throw new ArgumentException("All vectors are alike: there is nothing to tell items apart by.", nameof(vectors));
        return (mean, Matrix<double>.Build.DenseOfColumns(kept.Select(c => directions.EigenVectors.Column(c) / Math.Sqrt(variances[c]))));
    }

    /// <summary>x − mean, by their own mean where none is given; rows of zeros stay zeros and do not count.</summary>
    private static Matrix<double> Centered(Tensor vectors, Vector<double>? given, out Vector<double> mean, out int told)
    {
        var (count, d, values) = (vectors.Shape[0], vectors.Shape[1], vectors.Values.ToArray());
        var all = Matrix<double>.Build.Dense(count, d, (item, c) => values[item * d + c]);
        int[] rows = [.. Enumerable.Range(0, count).Where(item => all.Row(item).AbsoluteMaximum() > 0)];
        (told, mean) = (rows.Length, given ?? (rows.Length == 0 ? Vector<double>.Build.Dense(d) : all.ColumnSums() / rows.Length));
        foreach (var item in rows) all.SetRow(item, all.Row(item) - mean);
        return all;
    }
}
