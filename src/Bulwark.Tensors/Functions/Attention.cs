using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// Scaled dot-product attention within each of several sequences, heads side by side (Vaswani et al. 2017): y_i = Σ_j p_ij v_j with
    /// p_i = softmax_j(q_i · k_j / √(d / heads)), over j ≤ i where it is causal. Sequences lie one after the other, without padding, so that no
    /// position ever sees another sequence. ∂: dv = pᵀ dy, dp = dy vᵀ, ds = p ∘ (dp − ⟨dp, p⟩), dq = ds k, dk = dsᵀ q.
    /// </summary>
    /// <param name="x">(positions, 3d): queries, keys and values side by side.</param>
    /// <param name="start">(sequences + 1): where each sequence begins, from 0 to the number of positions.</param>
    /// <param name="heads">How many parts d is cut into; each attends alone.</param>
    /// <param name="causal">Whether a position sees itself and earlier ones only.</param>
    /// <param name="dropout">Share of the probabilities that is dropped where there is a source of randomness.</param>
    /// <param name="rng">Null, when the model is used and not trained.</param>
    /// <returns>(positions, d).</returns>
    /// <exception cref="ArgumentException">The width is not three times a multiple of the heads, or the sequences do not cover the positions.</exception>
    public static Tensor Attention(this Tensor x, Ids start, int heads, bool causal, float dropout = 0, Rng? rng = null)
    {
        CheckAttention(x.Shape, start.Rows, heads);
        if (!(dropout is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(dropout), $"A dropout rate lies in [0, 1); this one is {dropout}.");
        var rate = rng is null ? 0 : dropout;
        var result = Tensor.Uninitialized((x.Shape[0], x.Shape[1] / 3));
        var saved = new Attended(start, heads, causal, rate, rate > 0 ? rng!.NextBits() : 0, Tensor.Uninitialized(heads * SumOfSquares(start.Rows)));
        AttentionForward(x, saved, result);
        return Tape.Record(result, AttentionPull, saved, 0, x);
    }

    /// <summary>How an attention was made, and its probabilities before dropout: sequence after sequence, head after head, (n, n).</summary>
    private sealed record Attended(Ids Start, int Heads, bool Causal, float Rate, ulong Key, Tensor Probabilities);

    private static readonly Pullback AttentionPull = static (node, gradient, _) =>
    {
        var (saved, x) = ((Attended)node.Data!, node.Inputs[0]);
        if (Tape.Follows(x, gradient)) return AttentionGradient(saved, x, gradient);
        var result = Tensor.Uninitialized(x.Shape);
        AttentionBackward(x, saved, gradient, result);
        return result;
    };

    /// <summary>The pullback in operations, a sequence and a head at a time: what derivatives of derivatives are made of.</summary>
    private static Tensor AttentionGradient(Attended saved, Tensor x, Tensor gradient)
    {
        var (heads, size, at) = (saved.Heads, gradient.Shape[1] / saved.Heads, 0);
        var (scale, sequences) = (1 / MathF.Sqrt(size), new List<Tensor>());
        var starts = saved.Start.Rows;
        for (var s = 0; s + 1 < starts.Length; s++)
        {
            var n = starts[s + 1] - starts[s];
            if (n == 0) continue;
            var (rows, dy, parts) = (x.Slice(0, starts[s], n), gradient.Slice(0, starts[s], n), new Tensor[3 * heads]);
            for (var head = 0; head < heads; head++, at += n * n)
            {
                Tensor q = Part(rows, head), k = Part(rows, heads + head), v = Part(rows, 2 * heads + head), dyOfHead = Part(dy, head);
                var p = (q.MatMul(k, transposeY: true) * scale).Softmax(saved.Causal ? CausalMask(n) : null);        // (n, n)
                var kept = KeptShares(saved, at, n);
                var ds = p.SoftmaxGradient(dyOfHead.MatMul(v, transposeY: true) * kept) * scale;
                parts[head] = ds.MatMul(k);
                parts[heads + head] = ds.MatMul(q, transposeX: true);
                parts[2 * heads + head] = (p * kept).MatMul(dyOfHead, transposeX: true);
            }
            sequences.Add(Tensor.Concat(1, parts));
        }
        return sequences.Count == 0 ? x * 0 : Tensor.Concat(0, [.. sequences]);

        Tensor Part(Tensor from, int part) => from.Slice(1, part * size, size);
    }

    /// <summary>0 up to the diagonal, −∞ above it: (n, n).</summary>
    private static Tensor CausalMask(int n)
    {
        var mask = Tensor.Zeros((n, n));
        for (var i = 0; i < n; i++) mask.Writable[(i * n + i + 1)..((i + 1) * n)].Fill(float.NegativeInfinity);
        return mask;
    }

    /// <summary>What dropout multiplies the probabilities from this place on with: (n, n).</summary>
    private static unsafe Tensor KeptShares(Attended saved, int place, int n)
    {
        var kept = Tensor.Full((n, n), 1);
        if (saved.Rate > 0) Keep(saved, place, kept.Data, n * n);
        return kept;
    }

    private static int SumOfSquares(ReadOnlySpan<int> start)
    {
        var sum = 0;
        for (var s = 0; s + 1 < start.Length; s++) sum += (start[s + 1] - start[s]) * (start[s + 1] - start[s]);
        return sum;
    }

    private static void CheckAttention(Shape x, ReadOnlySpan<int> start, int heads)
    {
        if (x.Rank != 2 || heads < 1 || x[1] % (3 * heads) != 0)
            throw new ArgumentException($"Attention with {heads} heads needs (positions, 3d) with d a multiple of the heads, not {x}.");
        var ascending = start.Length > 0 && start[0] == 0 && start[^1] == x[0];
        for (var s = 0; s + 1 < start.Length; s++) ascending &= start[s] <= start[s + 1];
        if (!ascending) throw new ArgumentException($"The sequences of an attention begin at 0, ascend and end at the number of positions, {x[0]}.");
    }

    private static unsafe void AttentionForward(Tensor x, Attended saved, Tensor result) =>
        new AttentionJob(x, saved, result.Data, null).Run(static (in job, s, n, head, p) =>
        {
            float* q = job.X + job.Place(s, head, 3), y = job.Y + job.Place(s, head, 1);
            float* kept = job.Saved.Rate > 0 ? Scratch.C(n * n) : p;
            Kernels.MatMul.Multiply(n, n, job.Size, q, 3 * job.Width, false, q + job.Width, 3 * job.Width, true, p, n);
            SoftmaxOfScores(p, n, 1 / MathF.Sqrt(job.Size), job.Saved.Causal);
            if (kept != p)
            {
                RowKernels.Copy(p, kept, n * n);
                Keep(job.Saved, (int)(p - job.P), kept, n * n);
            }
            Kernels.MatMul.Multiply(n, job.Size, n, kept, n, false, q + 2 * job.Width, 3 * job.Width, false, y, job.Width);
        });

    private static unsafe void AttentionBackward(Tensor x, Attended saved, Tensor gradient, Tensor result) =>
        new AttentionJob(x, saved, gradient.Data, result.Data).Run(static (in job, s, n, head, p) =>
        {
            var (width, stride) = (job.Width, 3 * job.Width);
            float* q = job.X + job.Place(s, head, 3), dq = job.Gradient + job.Place(s, head, 3), dy = job.Y + job.Place(s, head, 1);
            float* kept = Scratch.C(2 * n * n), ds = kept + n * n;
            RowKernels.Copy(p, kept, n * n);
            Kernels.MatMul.Multiply(n, n, job.Size, dy, width, false, q + 2 * width, stride, true, ds, n);
            if (job.Saved.Rate > 0)
            {
                Keep(job.Saved, (int)(p - job.P), kept, n * n);
                Keep(job.Saved, (int)(p - job.P), ds, n * n);
            }
            SoftmaxGradientRows(p, ds, ds, n, n);
            var scale = 1 / MathF.Sqrt(job.Size);
            Elementwise.ZipRight<Times>(ds, scale, ds, n * n);
            Kernels.MatMul.Multiply(n, job.Size, n, ds, n, false, q + width, stride, false, dq, stride);
            Kernels.MatMul.Multiply(n, job.Size, n, ds, n, true, q, stride, false, dq + width, stride);
            Kernels.MatMul.Multiply(n, job.Size, n, kept, n, true, dy, width, false, dq + 2 * width, stride);
        });

    /// <summary>Each row of scores becomes its softmax; what lies behind the diagonal becomes 0 where it is causal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void SoftmaxOfScores(float* p, int n, float scale, bool causal)
    {
        for (var i = 0; i < n; i++, p += n)
        {
            var seen = causal ? i + 1 : n;
            Loop.Run(seen, new TimesConstant(p, scale, p));
            var sum = ExponentialsOfRow(p, p, seen, out _);
            Loop.Run(seen, new TimesConstant(p, 1 / sum, p));
            new Span<float>(p + seen, n - seen).Clear();
        }
    }

    /// <summary>x by 1 / (1 − rate), or by 0 where the probability at that place is dropped.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void Keep(Attended saved, int place, float* x, int count) =>
        Loop.Run(count, new KeepStep(x, place, saved.Rate, 1 / (1 - saved.Rate), saved.Key));

    private readonly unsafe struct KeepStep(float* x, int place, float rate, float scale, ulong key) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> =>
            T.Store(T.IfLess(T.Uniform(place + i, key), T.Of(rate), T.Of(0), T.Load(x + i) * T.Of(scale)), x + i);
    }

    /// <summary>Work by sequence and head, each wholly in the nearest cache; parts are runs of sequences.</summary>
    private readonly unsafe struct AttentionJob(Tensor x, Attended saved, float* y, float* gradient)
    {
        private const int PositionsPerPart = 256;
        public readonly Attended Saved = saved;
        public readonly int Positions = x.Shape[0], Width = x.Shape[1] / 3, Size = x.Shape[1] / 3 / saved.Heads;
        public readonly float* X = x.Data, P = saved.Probabilities.Data, Y = y, Gradient = gradient;

        public delegate void Body(in AttentionJob job, int start, int n, int head, float* p);

        /// <summary>Where a head's first column stands in a matrix so many times as wide as the result.</summary>
        public nint Place(int start, int head, int times) => (nint)start * times * Width + head * Size;

        public void Run(Body body) => Team.Run((Positions + PositionsPerPart - 1) / PositionsPerPart, (Job: this, Body: body), static (x, part) =>
        {
            var starts = x.Job.Saved.Start.Rows;
            var p = x.Job.P;
            for (var s = 0; s + 1 < starts.Length; s++)
            {
                var n = starts[s + 1] - starts[s];
                for (var head = 0; head < x.Job.Saved.Heads; head++, p += n * n)
                    if (n > 0 && starts[s] / PositionsPerPart == part) x.Body(x.Job, starts[s], n, head, p);
            }
        });
    }
}
