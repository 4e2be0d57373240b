using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>Random numbers by position: element i is a hash of a key and i, so that vectors of them cost no more than arithmetic.</summary>
internal static unsafe class CounterNoise
{
    private const ulong Second = 0xD1342543DE82EF95;         // the key of the second uniform of a pair

    /// <summary>to[i] uniform in [low, high).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(float low, float high, ulong key, float* to, int count) => Loop.Run(count, new UniformStep(low, high - low, key, to));

    /// <summary>to[i] normal with mean 0 and this deviation: √(−2 ln u) cos 2πv (Box and Muller 1958).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Gaussian(float deviation, ulong key, float* to, int count) => Loop.Run(count, new GaussianStep(deviation, key, to));

    private readonly struct UniformStep(float low, float span, ulong key, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Fma(T.Uniform(i, key), T.Of(span), T.Of(low)), to + i);
    }

    private readonly struct GaussianStep(float deviation, ulong key, float* to) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            var radius = T.Sqrt(LaneMath.Log(T.Of(1) - T.Uniform(i, key)) * T.Of(-2));
            T.Store(radius * LaneMath.CosineOfTurns(T.Uniform(i, key ^ Second)) * T.Of(deviation), to + i);
        }
    }
}
