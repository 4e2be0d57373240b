namespace Bulwark.Tensors.Kernels;

/// <summary>
/// Ridge regressions that share their factors, one for each row of a sparse matrix: the half-step of alternating least squares. Row u is
/// p = (w QᵀQ + Σ_{i∈u} q_i q_iᵀ + λ_u I)⁻¹ Σ_{i∈u} q_i.
/// </summary>
public static unsafe class RidgeRows
{
    private const int RowsPerPart = 16, Chunk = 256;           // factors are gathered by chunks, so that a popular row needs no large buffer

    /// <summary>Solves every row by Cholesky's decomposition.</summary>
    /// <param name="start">Where each row begins in <paramref name="touched"/>, and the end. // (rows + 1)</param>
    /// <param name="touched">Rows of <paramref name="factors"/>.</param>
    /// <param name="factors">Q. // (n, d)</param>
    /// <param name="weight">w, of all pairs.</param>
    /// <param name="ridges">λ of each row, above zero. // (rows)</param>
    /// <returns>(rows, d).</returns>
    /// <exception cref="ArgumentException">Lengths do not fit one another, a row of factors does not exist, or a system is singular.</exception>
    public static Tensor Solve(ReadOnlySpan<int> start, ReadOnlySpan<int> touched, Tensor factors, float weight, ReadOnlySpan<float> ridges) =>
        Solve(start, touched, factors, weight, ridges, null, 0);

    /// <summary>Improves every row by some steps of conjugate gradients (Hestenes and Stiefel 1952): d² instead of d³ operations a step.</summary>
    /// <param name="start">Where each row begins in <paramref name="touched"/>, and the end. // (rows + 1)</param>
    /// <param name="touched">Rows of <paramref name="factors"/>.</param>
    /// <param name="factors">Q. // (n, d)</param>
    /// <param name="weight">w, of all pairs.</param>
    /// <param name="ridges">λ of each row, above zero. // (rows)</param>
    /// <param name="from">Where to begin. // (rows, d)</param>
    /// <param name="steps">Steps; d of them solve the system, up to rounding.</param>
    /// <returns>(rows, d).</returns>
    /// <exception cref="ArgumentException">Lengths do not fit one another, or a row of factors does not exist.</exception>
    public static Tensor Improve(
        ReadOnlySpan<int> start, ReadOnlySpan<int> touched, Tensor factors, float weight, ReadOnlySpan<float> ridges, Tensor from, int steps)
    {
        if (from.Shape != new Shape(ridges.Length, factors.Shape[1]))
            throw new ArgumentException($"The rows to begin from have the shape {from.Shape}, not {new Shape(ridges.Length, factors.Shape[1])}.");
        return Solve(start, touched, factors, weight, ridges, from, steps);
    }

    private static Tensor Solve(
        ReadOnlySpan<int> start, ReadOnlySpan<int> touched, Tensor factors, float weight, ReadOnlySpan<float> ridges, Tensor? from, int steps)
    {
        var (rows, n, d) = (ridges.Length, factors.Shape[0], factors.Shape[1]);
        if (start.Length != rows + 1 || start[0] != 0 || start[^1] != touched.Length)
            throw new ArgumentException($"{rows} rows of {touched.Length} entries need {rows + 1} starts from 0 to {touched.Length}.");
        if (touched.ContainsAnyExceptInRange(0, n - 1)) throw new ArgumentException($"A row was touched that is not one of the {n} factors.");
        var result = Tensor.Uninitialized((rows, d));
        var gram = factors.MatMul(factors, transposeX: true) * weight;                           // (d, d)
        fixed (int* first = start, index = touched)
        fixed (float* ridge = ridges)
        {
            var job = new Job
            {
                Start = first, Touched = index, Factors = factors.Data, Gram = gram.Data, Ridges = ridge, Rows = rows, D = d, Steps = steps,
                From = from is null ? null : from.Data, To = result.Data,
            };
            Team.Run((rows + RowsPerPart - 1) / RowsPerPart, job, static (job, part) => Part(job, part));
        }
        GC.KeepAlive((factors, gram, from));
        return result;
    }

    private static void Part(in Job job, int part)
    {
        var d = job.D;
        var scratch = Scratch.C((nint)d * (d + Chunk + 3));
        for (int row = part * RowsPerPart, end = Math.Min(job.Rows, row + RowsPerPart); row < end; row++)
        {
            var to = job.To + (nint)row * d;
            if (job.Start[row] == job.Start[row + 1]) new Span<float>(to, d).Clear();
            else if (job.From == null) Exact(job, row, scratch, scratch + d * d, to);
            else
            {
                RowKernels.Copy(job.From + (nint)row * d, to, d);
                Descend(job, row, scratch, to);
            }
        }
    }

    /// <summary>The normal equations, row by row of gathered factors, and their solution.</summary>
    private static void Exact(in Job job, int row, float* system, float* gathered, float* to)
    {
        var d = job.D;
        RowKernels.Copy(job.Gram, system, d * d);
        new Span<float>(to, d).Clear();
        for (int at = job.Start[row], end = job.Start[row + 1], count; at < end; at += count)
        {
            count = Math.Min(Chunk, end - at);
            RowKernels.Gather(new(job.Factors, job.Touched + at), count, d, gathered);
            for (var i = 0; i < count; i++) RowKernels.AddScaled(gathered + i * d, 1, to, d);
            MatMul.Multiply(d, d, count, gathered, d, true, gathered, d, false, system, d, new Epilogue { Accumulate = true });
        }
        for (var c = 0; c < d; c++) system[c * d + c] += job.Ridges[row];
        Cholesky(system, d, row);
        for (var k = 0; k < d; k++)                            // Uᵀ y = b
        {
            to[k] /= system[k * d + k];
            RowKernels.AddScaled(system + k * d + k + 1, -to[k], to + k + 1, d - k - 1);
        }
        for (var k = d - 1; k >= 0; k--)                       // U p = y
            to[k] = (to[k] - RowKernels.Dot(system + k * d + k + 1, to + k + 1, d - k - 1)) / system[k * d + k];
    }

    /// <summary>A = UᵀU in the place of A's upper triangle. Rows are cut at whole vectors: what is left of the diagonal is never read.</summary>
    private static void Cholesky(float* a, int d, int row)
    {
        for (var k = 0; k < d; k++)
        {
            var pivot = a[k * d + k];
            if (!(pivot > 0)) throw new ArgumentException($"The system of row {row} is singular: make the ridge larger.");
            var scale = 1 / MathF.Sqrt(pivot);
            for (var j = k; j < d; j++) a[k * d + j] *= scale;
            for (var i = k + 1; i < d; i++)
            {
                var left = i & ~15;
                RowKernels.AddScaled(a + k * d + left, -a[k * d + i], a + i * d + left, d - left);
            }
        }
    }

    /// <summary>Conjugate gradients on A p = Σ q_i, with A applied factor by factor.</summary>
    private static void Descend(in Job job, int row, float* scratch, float* to)
    {
        var d = job.D;
        float* residual = scratch, direction = scratch + d, image = scratch + 2 * d;
        Apply(job, row, to, image);
        new Span<float>(residual, d).Clear();
        for (var at = job.Start[row]; at < job.Start[row + 1]; at++) RowKernels.AddScaled(job.Factors + (nint)job.Touched[at] * d, 1, residual, d);
        RowKernels.AddScaled(image, -1, residual, d);
        RowKernels.Copy(residual, direction, d);
        var square = RowKernels.Dot(residual, residual, d);
        for (var step = 0; step < job.Steps && square > 1e-20f; step++)
        {
            Apply(job, row, direction, image);
            var length = square / RowKernels.Dot(direction, image, d);
            RowKernels.AddScaled(direction, length, to, d);
            RowKernels.AddScaled(image, -length, residual, d);
            var next = RowKernels.Dot(residual, residual, d);
            for (var c = 0; c < d; c++) direction[c] = residual[c] + next / square * direction[c];
            square = next;
        }
    }

    /// <summary>to = (w QᵀQ + Σ q_i q_iᵀ + λ I) x.</summary>
    private static void Apply(in Job job, int row, float* x, float* to)
    {
        var d = job.D;
        for (var c = 0; c < d; c++) to[c] = job.Ridges[row] * x[c];
        for (var c = 0; c < d; c++) RowKernels.AddScaled(job.Gram + c * d, x[c], to, d);
        for (var at = job.Start[row]; at < job.Start[row + 1]; at++)
        {
            var factor = job.Factors + (nint)job.Touched[at] * d;
            RowKernels.AddScaled(factor, RowKernels.Dot(factor, x, d), to, d);
        }
    }

    private struct Job
    {
        public int* Start, Touched;
        public float* Factors, Gram, Ridges, From, To;
        public int Rows, D, Steps;
    }
}
