using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Optimizers;

/// <summary>How a weight moves given its gradient and its state: a formula, applied to whole tables or to touched rows alike.</summary>
public abstract record UpdateRule
{
    private protected UpdateRule() { }

    /// <summary>The learning rate, before any schedule.</summary>
    public abstract float Rate { get; init; }

    /// <summary>How many numbers of state each weight has: 0 to 2.</summary>
    internal abstract int Slots { get; }

    /// <summary>What the state starts at.</summary>
    internal virtual float InitialState => 0;

    /// <summary>The formula's constants at a step counted from 1, with the scheduled rate.</summary>
    internal abstract UpdateConstants At(long step, float rate);

    /// <summary>Applies the formula to rows of a table, or to one long row.</summary>
    internal abstract void Apply(in UpdateRows rows, in UpdateConstants constants);
}
