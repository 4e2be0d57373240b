using System.Runtime.CompilerServices;

namespace Bulwark.Tensors;

/// <summary>
/// A counter-based random generator: the n-th number is a hash of the key and n, so a generator is two integers, can be saved and
/// resumed, and forks by purpose: <c>rng.Fork("negatives")</c> is a stream that no other purpose can disturb.
/// </summary>
/// <remarks>The hash is the finalizer of SplitMix64 (Steele, Lea and Flood 2014) over <c>key + n · golden</c>. Not for secrets.</remarks>
public sealed class Rng
{
    private const ulong Golden = 0x9E3779B97F4A7C15;
    private ulong _counter;
    private readonly ulong _key;

    /// <summary>A stream for a seed; equal seeds give equal streams.</summary>
    public Rng(ulong seed) : this(Mix(seed ^ 0x6A09E667F3BCC909), 0) { }

    private Rng(ulong key, ulong counter) => (_key, _counter) = (key, counter);

    /// <summary>The stream's key and how many 64-bit numbers it has given: all of its state.</summary>
    public (ulong Key, ulong Counter) State => (_key, _counter);

    /// <summary>The stream that had this <see cref="State"/>.</summary>
    public static Rng Resume((ulong Key, ulong Counter) state) => new(state.Key, state.Counter);

    /// <summary>An independent stream for a purpose. It depends on this stream's key, not on how much of it was used.</summary>
    public Rng Fork(string purpose)
    {
        var hash = 0xCBF29CE484222325;                       // FNV-1a
        foreach (var c in purpose) hash = (hash ^ c) * 0x100000001B3;
        return new Rng(Mix(_key ^ Mix(hash)), 0);
    }

    /// <summary>An independent stream for a number: an epoch, a step, a seed.</summary>
    public Rng Fork(long number) => new(Mix(_key + Mix((ulong)number + Golden)), 0);

    /// <summary>64 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong NextBits() => Mix(_key + ++_counter * Golden);

    /// <summary>A whole number in [0, bound), bound ≥ 1 (multiply-shift of 32 bits: bias below bound / 2³²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int bound) => (int)((NextBits() >> 32) * (uint)bound >> 32);

    /// <summary>Uniform in [0, 1), 24 bits.</summary>
    public float NextSingle() => (NextBits() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1), 53 bits.</summary>
    public double NextDouble() => (NextBits() >> 11) * (1.0 / (1L << 53));

    /// <summary>Standard normal (Box and Muller 1958, the cosine branch).</summary>
    public double NextGaussian() => Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Standard normal truncated to ±2 (redrawn outside), as published recommenders initialize.</summary>
    public float NextTruncatedGaussian()
    {
        while (true)
        {
            var x = NextGaussian();
            if (Math.Abs(x) <= 2) return (float)x;
        }
    }

    /// <summary>Fisher–Yates in place.</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (var i = values.Length - 1; i > 0; i--)
        {
            var j = Next(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>The 64-bit finalizer: a bijection whose output bits each depend on all input bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ulong Mix(ulong z)
    {
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
