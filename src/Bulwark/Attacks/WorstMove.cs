using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>The worst move that a search has met, of each example or of the batch; no move before the first.</summary>
internal sealed class WorstMove(Point at, Threat threat)
{
    private Examples? _examples;

    /// <summary>The move; it belongs to the scope outside the one in which it was met.</summary>
    public Move Move { get; private set; } = Move.Zero;

    /// <summary>The loss of each example there.</summary>
    public float[] Losses { get; private set; } = [];

    /// <summary>What is told apart, by the first value that is met.</summary>
    public Examples Of(Tensor value) => _examples ??= new Examples(value, at, threat);

    /// <summary>Keeps the move for the examples whose loss it raises above everything before; says which.</summary>
    public bool[] Meet(Tensor value, Move move)
    {
        var examples = Of(value);
        if (Losses.Length == 0) Losses = [.. Enumerable.Repeat(float.NegativeInfinity, examples.Count)];
        var (losses, worse) = (examples.Losses(value), new bool[examples.Count]);
        for (var i = 0; i < worse.Length; i++)
            if (worse[i] = losses[i] > Losses[i]) Losses[i] = losses[i];
        if (worse.Contains(true)) Move = examples.Choose(worse, move, Move).Promote();
        return worse;
    }
}
