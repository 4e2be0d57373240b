using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>The worst move that a search has met, of each example or of the batch; no move before the first.</summary>
internal sealed class WorstMove(Point at, Threat threat)
{
    private Examples? _examples;

    /// <summary>The move. It belongs to the scope outside the one in which it was met.</summary>
    public Move Move { get; private set; } = Move.Zero;

    /// <summary>The loss of each example there.</summary>
    public float[] Losses { get; private set; } = [];

    /// <summary>What is told apart, by the first value that is met.</summary>
    public Examples Of(Tensor value) => _examples ??= new Examples(value, at, threat);

    /// <summary>Keeps the move for the examples whose loss it raises above everything before; says which.</summary>
    public bool[] Meet(Tensor value, Move move)
    {
        var examples = Of(value);
        return Meet(examples, examples.Losses(value), move);
    }

    /// <summary>Keeps what another search has met.</summary>
    public void Meet(WorstMove other)
    {
        if (other._examples is { } examples) Meet(_examples ??= examples, other.Losses, other.Move);
    }

    private bool[] Meet(Examples examples, float[] losses, Move move)
    {
        if (Losses.Length == 0) Losses = [.. Enumerable.Repeat(float.NegativeInfinity, losses.Length)];
        var worse = new bool[losses.Length];
        for (var i = 0; i < worse.Length; i++)
            if (worse[i] = losses[i] > Losses[i]) Losses[i] = losses[i];
        if (worse.Contains(true)) Move = examples.Apart ? Chosen(examples.Choose(worse, move, Move)) : move.Promote();
        return worse;
    }

    /// <summary>A choice is a copy, and the one before is done with.</summary>
    private Move Chosen(Move choice)
    {
        choice.Promote();
        Move.Release(choice);
        return choice;
    }
}
