using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>A batch of texts with a class each.</summary>
public sealed class LabeledTexts : IBatch
{
    /// <summary>The texts.</summary>
    public TokenBatch Tokens { get; } = new();

    /// <summary>The class of each: (texts).</summary>
    public Ids Labels { get; } = new();

    /// <inheritdoc/>
    public int Count => Labels.Count;

    /// <inheritdoc/>
    public void Regroup()
    {
        Tokens.Pieces.Regroup();
        Labels.Regroup();
    }
}
