using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>One summand of rows: Coefficient[b] · Source[b, :]; no coefficient is 1.</summary>
internal readonly record struct Term(Tensor? Coefficient, Tensor Source);

/// <summary>Σ_t c_t[b] · S_t[b, :]: the pullback of row dot products, read only by the sum that scatters it.</summary>
internal sealed unsafe class Scaled(params Term[] terms) : Form
{
    public Term[] Terms => terms;

    protected override void Write(float* to, Shape shape)
    {
        Span<RowTerm> resolved = stackalloc RowTerm[terms.Length];
        for (var t = 0; t < terms.Length; t++) resolved[t] = RowTerm.Of(terms[t]);
        fixed (RowTerm* first = resolved) RowKernels.Combine(first, terms.Length, shape.Rows, shape.Last, to);
    }
}
