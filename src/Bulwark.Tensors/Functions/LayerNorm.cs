using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// gain ∘ n + bias with n = (x − μ) · r, r = 1/√(σ² + ε), over the last axis (Ba, Kiros and Hinton 2016); σ² divides by n.
    /// ∂/∂n = gain ∘ dy; dx = r (dn − mean dn − n · mean(dn ∘ n)); ∂/∂gain = Σ dy ∘ n; ∂/∂bias = Σ dy.
    /// </summary>
    /// <param name="x">(…, n).</param>
    /// <param name="gain">(n).</param>
    /// <param name="bias">(n).</param>
    /// <param name="epsilon">ε, added to the variance.</param>
    /// <exception cref="ArgumentException">Gain or bias do not have the length of x's last axis.</exception>
    public static unsafe Tensor LayerNorm(this Tensor x, Tensor gain, Tensor bias, float epsilon = 1e-5f)
    {
        var width = x.Shape.Last;
        if (x.Shape.Rank == 0 || gain.Shape != width || bias.Shape != width)
            throw new ArgumentException($"LayerNorm needs (…, n), (n) and (n), not {x.Shape}, {gain.Shape} and {bias.Shape}.");
        var result = Tensor.Uninitialized(x.Shape);
        var parts = new RowParts(x.Shape, x.Data, null, result.Data);
        if ((x.Mask | gain.Mask) == 0)
        {
            new NormalizeJob(parts, gain.Data, bias.Data, epsilon, null, null).Run();
            return Tape.Record(result, LayerNormPull, x, gain, bias);
        }
        var (normal, scale) = (Tensor.Uninitialized(x.Shape), Tensor.Uninitialized(x.Shape.With(-1, 1)));
        new NormalizeJob(parts, gain.Data, bias.Data, epsilon, normal.Data, scale.Data).Run();
        var saved = new Normalized(normal, scale);
        Tape.Record(scale, NormalScalePull, saved, 0, x);
        Tape.Record(normal, NormalPull, saved, 0, x);
        return Tape.Record(result, LayerNormPull, saved, 0, x, gain, bias);
    }

    /// <summary>n and r of the forward pass, themselves functions of x on the tape.</summary>
    private sealed record Normalized(Tensor Normal, Tensor Scale);

    private static readonly Pullback LayerNormPull = static (node, gradient, input) => input switch
    {
        0 => ((Normalized)node.Data!).PullBack(gradient * node.Inputs[1]),
        1 => (gradient * ((Normalized)node.Data!).Normal).SumTo(node.Inputs[1].Shape),
        _ => gradient.SumTo(node.Inputs[2].Shape),
    };

    private static readonly Pullback NormalPull = static (node, gradient, _) => ((Normalized)node.Data!).PullBack(gradient);

    /// <summary>∂r/∂x = −r² n / width.</summary>
    private static readonly Pullback NormalScalePull = static (node, gradient, _) =>
    {
        var (normal, scale) = (Normalized)node.Data!;
        return normal * (gradient * scale * scale * (-1f / normal.Shape.Last));
    };

    private static Tensor PullBack(this Normalized at, Tensor g) => NormalizeGradient(g, at.Normal, at.Scale);

    /// <summary>r (g − mean g − n · mean(g ∘ n)) for each row: symmetric in what it does to g, hence its own pullback there.</summary>
    private static unsafe Tensor NormalizeGradient(Tensor g, Tensor normal, Tensor scale)
    {
        var result = Tensor.Uninitialized(g.Shape);
        var rows = new RowParts(g.Shape, g.Data, normal.Data, result.Data);
        Team.Run(rows.Parts, (rows, Scale: (nint)scale.Data), static (job, part) =>
        {
            var (rows, (first, count)) = (job.rows, job.rows[part]);
            NormalizeGradientRows(rows.X + first, rows.Y + first, (float*)job.Scale + rows.Row(part), rows.To + first, count, rows.Width);
        });
        return Tape.Record(result, NormalizeGradientPull, g, normal, scale);
    }

    private static readonly Pullback NormalizeGradientPull = static (node, u, input) =>
    {
        var (g, normal, scale) = (node.Inputs[0], node.Inputs[1], node.Inputs[2]);
        return input switch
        {
            0 => NormalizeGradient(u, normal, scale),
            1 => (u * (g * normal).Mean(-1, keep: true) + g * (u * normal).Mean(-1, keep: true)) * (scale * -1),
            _ => (u * node.Output).Sum(-1, keep: true) / scale,
        };
    };

    /// <summary>One row stays in cache from its mean to its output; n and r are stored only where a gradient will ask.</summary>
    private readonly unsafe struct NormalizeJob(RowParts rows, float* gain, float* bias, float epsilon, float* normal, float* scale)
    {
        public void Run() => Team.Run(rows.Parts, this, static (job, part) => job.Run(part));

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        private void Run(int part)
        {
            var (width, (at, count)) = (rows.Width, rows[part]);
            for (var row = rows.Row(part); count > 0; row++, count--, at += width)
            {
                var x = rows.X + at;
                var mean = Loop.Sum(width, new ValueTerm(x)) / width;
                var r = 1 / MathF.Sqrt(Loop.Sum(width, new SquareTerm(x, mean)) / width + epsilon);
                Loop.Run(width, new NormalizeStep(x, mean, r, gain, bias, rows.To + at, normal == null ? null : normal + at));
                if (normal != null) scale[row] = r;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void NormalizeGradientRows(float* g, float* normal, float* scale, float* to, int rows, int width)
    {
        for (var row = 0; row < rows; row++, g += width, normal += width, to += width)
        {
            var mean = Loop.Sum(width, new ValueTerm(g)) / width;
            Loop.Run(width, new NormalizeGradientStep(g, mean, normal, RowKernels.Dot(g, normal, width) / width, scale[row], to));
        }
    }

    private readonly unsafe struct ValueTerm(float* x) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T> => sum + T.Load(x + i);
    }

    private readonly unsafe struct SquareTerm(float* x, float mean) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T>
        {
            var difference = T.Load(x + i) - T.Of(mean);
            return T.Fma(difference, difference, sum);
        }
    }

    private readonly unsafe struct NormalizeStep(float* x, float mean, float scale, float* gain, float* bias, float* to, float* normal) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            var n = (T.Load(x + i) - T.Of(mean)) * T.Of(scale);
            if (normal != null) T.Store(n, normal + i);
            T.Store(T.Fma(n, T.Load(gain + i), T.Load(bias + i)), to + i);
        }
    }

    private readonly unsafe struct NormalizeGradientStep(float* g, float mean, float* normal, float slope, float scale, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> =>
            T.Store(T.Of(scale) * (T.Load(g + i) - T.Of(mean) - T.Load(normal + i) * T.Of(slope)), to + i);
    }
}
