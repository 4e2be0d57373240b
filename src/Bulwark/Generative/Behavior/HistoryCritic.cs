using Bulwark.Models;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// D(x) = w · s + b, s the row that a model of histories has behind x. It sees what is given in x itself: how it begins, and zeros behind its end.
/// </summary>
/// <param name="reader">The model; its scores are not asked for.</param>
/// <param name="width">d, of its rows.</param>
public sealed class HistoryCritic(ISequenceEncoder reader, int width) : ICritic
{
    private readonly Dense _head = new("critic.head");

    /// <inheritdoc/>
    public Point Start(Rng rng) => _head.Start(reader.Start(rng), width, 1, rng);

    /// <inheritdoc/>
    /// <param name="at">Where the critic stands.</param>
    /// <param name="x">(batch, L, items).</param>
    /// <param name="given">Not read.</param>
    public Tensor Score(Point at, Tensor x, Tensor? given)
    {
        var (count, length, items) = (x.Shape[0], x.Shape[1], x.Shape[2]);
        var rows = x.Reshape((count * length, items)).MatMul(at[reader.Inputs]).Reshape((count, length, width));
        return _head.Of(at, SoftHistories.Encode(reader, at, rows)).Reshape(count);
    }
}
