using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>
/// Vectors of items, made of what the items are: a formula with variables, so that a recommender that reads the vectors can train it. An item's
/// vector does not depend on its company.
/// </summary>
public interface IItemEncoder
{
    /// <summary>How many items there are.</summary>
    int ItemCount { get; }

    /// <summary>d, the length of a vector.</summary>
    int Dimension { get; }

    /// <summary>What the vectors are made of, as far as it stands at the point: pictures, rows of the pieces of texts, vectors. An attack may move it.</summary>
    Variable Content { get; }

    /// <summary>Starting values of its variables.</summary>
    Point Start(Rng rng);

    /// <summary>The vectors of these items: (n, d).</summary>
    Tensor Encode(Point at, ReadOnlySpan<int> items);

    /// <summary>The vectors of all items, (items, d), as constants: the memory of the evaluation is that of some of them.</summary>
    Tensor EncodeAll(Point at)
    {
        const int together = 512;
        return Tensor.Of((ItemCount, Dimension), [.. Enumerable.Range(0, ItemCount).Chunk(together).SelectMany(Encoded)]);

        float[] Encoded(int[] items)
        {
            using var scope = Scope.Open();
            return Encode(at, items).Values.ToArray();
        }
    }
}
