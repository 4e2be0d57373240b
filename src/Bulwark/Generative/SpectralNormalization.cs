using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>
/// A critic whose every matrix W, convolutions as (window · in, out), is read as W / σ(W), so that each layer's slope is at most 1 (Miyato et al. 2018). σ is
/// worked out anew each time by power iteration from a fixed start: no state to keep.
/// </summary>
/// <param name="critic">The critic, read at the point so changed.</param>
public sealed class SpectralNormalization(ICritic critic) : ICritic
{
    private const int Iterations = 15;
    private readonly Variable[] _variables = critic.Start(new Rng(0)).Variables.ToArray();

    /// <inheritdoc/>
    public Point Start(Rng rng) => critic.Start(rng);

    /// <inheritdoc/>
    public Tensor Score(Point at, Tensor x, Tensor? given) => critic.Score(Normalized(at, _variables), x, given);

    /// <summary>This point with the matrices among these variables at norm 1; those of zeros stay.</summary>
    public static Point Normalized(Point at, ReadOnlySpan<Variable> variables)
    {
        foreach (var variable in variables)
            if (at[variable] is { Shape.Rank: >= 2 } w) at = at.With(variable, w / Norm(w).Maximum(Tensor.Scalar(1e-12f)));
        return at;
    }

    /// <summary>σ(W) = uᵀ W v, the largest singular value, with u and v constants: ∂σ/∂W = u vᵀ. From below, by so many iterations.</summary>
    public static Tensor Norm(Tensor weight, int iterations = Iterations)
    {
        var w = weight.Reshape((weight.Shape.Rows, weight.Shape.Last));                          // (in, out)
        var (matrix, v) = (w.Fixed(), Tensor.Gaussian((1, w.Shape[1]), 1, new Rng(1)));
        var u = matrix;
        for (var i = 0; i < iterations; i++)
        {
            u = v.MatMul(matrix, transposeY: true).UnitRows();                                   // (1, in)
            v = u.MatMul(matrix).UnitRows();                                                     // (1, out)
        }
        return (u.MatMul(w) * v).Sum();
    }
}
