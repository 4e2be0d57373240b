using Bulwark.Tensors;

namespace Bulwark.Attacks;

/// <summary>What a norm is taken over.</summary>
public enum Per
{
    /// <summary>Each row of a table moves in a ball of its own.</summary>
    Row,

    /// <summary>All elements of a variable share one ball.</summary>
    Tensor,
}

/// <summary>How far an attacker may go: a norm as three operations on a displacement. All of them keep row-sparse tensors so.</summary>
/// <param name="Epsilon">The radius ε ≥ 0.</param>
/// <param name="Per">What the norm is taken over.</param>
public abstract record Ball(float Epsilon, Per Per)
{
    /// <summary>The radius ε ≥ 0.</summary>
    public float Epsilon { get; init; } = Epsilon >= 0 ? Epsilon : throw new ArgumentOutOfRangeException(nameof(Epsilon), $"ε cannot be {Epsilon}; give 0 or more.");

    /// <summary>The displacement of this length in the norm along which a gradient rises fastest; zero where the gradient is.</summary>
    public virtual Tensor Steepest(Tensor gradient, float length) => Map(gradient, rows => SteepestRows(rows, length));

    /// <summary>The nearest displacement inside the ball. Idempotent.</summary>
    public virtual Tensor Project(Tensor delta) => Map(delta, ProjectRows);

    /// <summary>Project(from + Steepest(gradient, length)): one step of an ascent.</summary>
    public virtual Tensor Ascend(Tensor from, Tensor gradient, float length) => Project(from + Steepest(gradient, length));

    /// <summary>A random displacement inside the ball, of the shape (and touched rows) of another.</summary>
    public Tensor Sample(Tensor like, Rng rng) => like.WithStored(SampleRows(Flat(like.StoredShape, Per), rng).Reshape(like.StoredShape));

    /// <summary>The norm of a displacement: (rows), or (1) of all of it.</summary>
    public Tensor Sizes(Tensor delta, Per per) => SizesOfRows(delta.Reshape(Flat(delta.Shape, per)));

    /// <summary><see cref="Steepest"/> for rows of their own balls.</summary>
    protected abstract Tensor SteepestRows(Tensor gradient, float length);

    /// <summary><see cref="Project"/> for rows of their own balls.</summary>
    protected abstract Tensor ProjectRows(Tensor delta);

    /// <summary><see cref="Sample"/> for rows of their own balls.</summary>
    protected abstract Tensor SampleRows(Shape rows, Rng rng);

    /// <summary><see cref="Sizes"/> for rows.</summary>
    protected abstract Tensor SizesOfRows(Tensor delta);

    /// <summary>A ball over a whole tensor is a ball over its one row; a row of a table is everything at one index of the first axis.</summary>
    private Tensor Map(Tensor x, Func<Tensor, Tensor> rows)
    {
        var stored = x.Stored;
        return x.WithStored(rows(stored.Reshape(Flat(stored.Shape, Per))).Reshape(stored.Shape));
    }

    private static Shape Flat(Shape shape, Per per) => per == Per.Tensor ? (1, shape.Count) : (shape[0], shape.RowLength);
}
