using Bulwark.Tensors;

namespace Bulwark.Attacks.BlackBox;

/// <summary>
/// Counts how often a victim is asked: what a black-box attack costs. The victim is any function from a point to losses, a served model's answers among them;
/// give an attack <see cref="Of"/> for the loss.
/// </summary>
/// <param name="victim">The loss; above 0 is a success where it is a margin.</param>
public sealed class Queries(Loss victim)
{
    private readonly List<int> _untilFooled = [];

    /// <summary>How often the loss was asked: queries for each example.</summary>
    public int Count { get; private set; }

    /// <summary>For each example the query at which its loss was above 0 for the first time; 0 where it never was.</summary>
    public IReadOnlyList<int> UntilFooled => _untilFooled;

    /// <summary>The victim's loss, counted.</summary>
    public Tensor Of(Point at)
    {
        Count++;
        var value = victim(at);
        var losses = value.Values;
        while (_untilFooled.Count < losses.Length) _untilFooled.Add(0);
        for (var b = 0; b < losses.Length; b++) if (_untilFooled[b] == 0 && losses[b] > 0) _untilFooled[b] = Count;
        return value;
    }
}
