using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Forms;

/// <summary>One summand of rows: Coefficient[b] · Source[b, :]; no coefficient is 1.</summary>
internal readonly record struct Term(Tensor? Coefficient, Tensor Source);

/// <summary>Σ_t c_t[b] · S_t[b, :]: the pullback of row dot products, read only by the sum that scatters it.</summary>
internal sealed unsafe class Scaled(params Term[] terms) : Form
{
    private const int FloatsPerPart = 1 << 16;

    public Term[] Terms => terms;

    /// <summary>The summands outlive the scope, for sums read those and not the dense values.</summary>
    public override void Promote(Shape shape)
    {
        foreach (var term in terms)
        {
            term.Coefficient?.Promote();
            term.Source.Promote();
        }
    }

    protected override void Write(float* to, Shape shape)
    {
        Span<RowTerm> resolved = stackalloc RowTerm[terms.Length];
        for (var t = 0; t < terms.Length; t++) resolved[t] = RowTerm.Of(terms[t]);
        fixed (RowTerm* first = resolved)
        {
            var (rows, width) = (shape.Rows, shape.Last);
            var perPart = Math.Max(1, FloatsPerPart / Math.Max(1, width));
            var job = new Job { Terms = first, Count = terms.Length, Rows = rows, PerPart = perPart, Width = width, To = to };
            Team.Run((rows + perPart - 1) / perPart, job, static (job, part) => RowKernels.Combine(
                job.Terms, job.Count, part * job.PerPart, Math.Min(job.Rows, (part + 1) * job.PerPart), job.Width, job.To));
        }
    }

    private struct Job
    {
        public RowTerm* Terms;
        public float* To;
        public int Count, Rows, PerPart, Width;
    }
}
