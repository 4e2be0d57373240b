using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>
    /// Each element 0 with probability <paramref name="rate"/>, else divided by 1 − rate (Srivastava et al. 2014, inverted). What is dropped follows
    /// from one number drawn from <paramref name="rng"/> and the element's position; nothing is stored, and the pullback drops the same elements.
    /// </summary>
    /// <param name="x">Any shape.</param>
    /// <param name="rate">In [0, 1).</param>
    /// <param name="rng">Null, when the model is used and not trained: x itself.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is not in [0, 1).</exception>
    public static Tensor Dropout(this Tensor x, float rate, Rng? rng)
    {
        if (!(rate is >= 0 and < 1)) throw new ArgumentOutOfRangeException(nameof(rate), $"A dropout rate lies in [0, 1); this one is {rate}.");
        return rng is null || rate == 0 ? x : x.Drop(rate, rng.NextBits());
    }

    private static Tensor Drop(this Tensor x, float rate, ulong key)
    {
        var result = Tensor.Uninitialized(x.Shape);
        DropElements(x, rate, key, result);
        return x.Mask == 0 ? result : Tape.Record(result, DropPull, key, rate, x);
    }

    private static readonly Pullback DropPull = static (node, gradient, _) => gradient.Drop(node.Number, (ulong)node.Data!);

    private static unsafe void DropElements(Tensor x, float rate, ulong key, Tensor result)
    {
        var all = new Stretches(x.Data, null, result.Data, x.Shape.Count);
        Team.Run(all.Parts, (all, rate, key), static (job, part) => DropElements(job.all, part, job.rate, job.key));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static unsafe void DropElements(in Stretches all, int part, float rate, ulong key)
    {
        var (first, count) = all[part];
        Loop.Run(count, new DropStep(all.X + first, first, rate, 1 / (1 - rate), key, all.To + first));
    }

    private readonly unsafe struct DropStep(float* x, int first, float rate, float scale, ulong key, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> =>
            T.Store(T.IfLess(T.Uniform(first + i, key), T.Of(rate), T.Of(0), T.Load(x + i) * T.Of(scale)), to + i);
    }
}
