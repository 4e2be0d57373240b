using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of texts with holes, and what stood there.</summary>
public sealed class MaskedTexts : IBatch
{
    /// <summary>The texts, some of their pieces masked, exchanged, or kept though they are asked for.</summary>
    public TokenBatch Tokens { get; } = new();

    /// <summary>Which places are asked for, counted over all sequences with their padding, (places).</summary>
    public Ids Places { get; } = new();

    /// <summary>The pieces that stood there, (places).</summary>
    public Ids Pieces { get; } = new();

    /// <inheritdoc/>
    public int Count => Places.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Tokens.Pieces.Regroup();
        Places.Regroup();
    }
}
