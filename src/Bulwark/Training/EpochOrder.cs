using System.Runtime.CompilerServices;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The order in which a source goes through its examples: a new permutation each epoch, cut into batches, the last of which may be short.</summary>
internal sealed class EpochOrder
{
    private readonly int _examples, _batch;
    private readonly Rng _rng;

    /// <summary>So many examples, at least one, in batches of at most so many.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The batch is empty.</exception>
    public EpochOrder(int examples, int batch, Rng rng)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 1);
        (_examples, _batch, _rng) = (examples, Math.Min(batch, examples), rng.Fork("order"));
    }

    /// <summary>Steps in one pass over the examples.</summary>
    public int StepsPerEpoch => (_examples + _batch - 1) / _batch;

    /// <summary>The examples of a step, counted from 0 over all epochs.</summary>
    public Examples Of(long step)
    {
        var first = (int)(step % StepsPerEpoch) * _batch;
        return new Examples(new Permutation(_examples, _rng.Fork(step / StepsPerEpoch)), first, Math.Min(_batch, _examples - first));
    }

    /// <summary>The numbers of some examples.</summary>
    public readonly struct Examples(Permutation order, int first, int count)
    {
        private readonly Permutation _order = order;
        private readonly int _first = first;

        public int Count { get; } = count;

        public int this[int b]
        {
            [MethodImpl(MethodImplOptions.AggressiveInlining)]
            get => _order[_first + b];
        }
    }
}
