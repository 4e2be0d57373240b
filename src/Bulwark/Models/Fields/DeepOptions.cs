namespace Bulwark.Models.Fields;

/// <summary>Settings of models with a network over embedded fields.</summary>
/// <param name="Dimension">d, the length of a field's row.</param>
/// <param name="Dropout">Share of each layer's input that is dropped in training.</param>
/// <param name="Deviation">The standard deviation of the starting rows.</param>
/// <param name="Layers">Widths of the hidden layers; 64 and 32 by default.</param>
public sealed record DeepOptions(int Dimension = 16, float Dropout = 0, float Deviation = 0.05f, params IReadOnlyList<int> Layers)
{
    /// <summary>Widths of the hidden layers.</summary>
    public IReadOnlyList<int> Layers { get; init; } = Layers.Count > 0 ? Layers : [64, 32];
}
