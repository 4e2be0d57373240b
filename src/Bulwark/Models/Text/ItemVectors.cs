using Bulwark.Tensors;
using Microsoft.Extensions.AI;

namespace Bulwark.Models.Text;

/// <summary>Vectors of items for content models, from any embedding generator: our own encoder, a service, or either behind a cache.</summary>
public static class ItemVectors
{
    private const int Batch = 256;

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
    /// The vectors less their mean: those of text encoders share a large common direction, which hides in every cosine what sets texts apart (Mu and
    /// Viswanath 2018). Rows of zeros stay.
    /// </summary>
    public static Tensor Centered(Tensor vectors)
    {
        var (count, d) = (vectors.Shape[0], vectors.Shape[1]);
        var told = vectors.NormOfRows().Step().Reshape((count, 1));                              // 1 where there is a vector
        return vectors - told * ((vectors * told).Sum(0).Reshape((1, d)) / MathF.Max(told.Sum().Item(), 1));
    }
}
