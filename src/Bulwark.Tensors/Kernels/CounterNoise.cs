using System.Runtime.CompilerServices;

namespace Bulwark.Tensors.Kernels;

/// <summary>Random numbers by position: element i is a hash of a key and i, so that vectors of them cost no more than arithmetic.</summary>
internal static unsafe class CounterNoise
{
    private const int Together = 16;
    private const ulong Second = 0xD1342543DE82EF95;         // the key of the second uniform of a pair

    /// <summary>to[i] uniform in [low, high).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Uniform(float low, float high, ulong key, float* to, int count) => Loop.Run(count, new UniformStep(low, high - low, key, to));

    /// <summary>to[i] normal with mean 0 and this deviation: √(−2 ln u) cos 2πv (Box and Muller 1958).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Gaussian(float deviation, ulong key, float* to, int count) => Loop.Run(count, new GaussianStep(deviation, key, to));

    /// <summary>
    /// Rows uniform in the L2 ball of a radius: ε g / √(‖g‖² + 2e), g normal, e exponential (Barthe et al. 2005). Each place of a row's first half shares its
    /// uniforms with one of the second: a pair of normal numbers is a radius and an angle.
    /// </summary>
    public static void InBall(float radius, ulong key, float* to, int rows, int width)
    {
        var half = width / 2;
        var rest = stackalloc float[Together];
        for (var row = 0; row < rows; row++, to += width)
        {
            var (first, i) = (row * (half + 2), row % Together);
            if (i == 0) Exponentials(Math.Min(Together, rows - row), first + half + 1, half + 2, key, rest);
            Pairs(half, new(first, key, to, to + half));
            var last = 0f;
            if (width % 2 != 0) new PairStep(first + half, key, to + width - 1, &last).At<F1>(0);
            RowKernels.Scale(to, radius / MathF.Sqrt(RowKernels.Dot(to, to, width) + rest[i]), to, width);
        }
    }

    /// <summary>Alone in its method, so that all of the formula is inlined.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Pairs(int count, PairStep step) => Loop.Run(count, step);

    /// <summary>2e = −2 ln(1 − u), the uniforms <paramref name="apart"/> places apart.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void Exponentials(int count, int first, int apart, ulong key, float* to)
    {
        for (var i = 0; i < count; i++) to[i] = F1.Uniform(first + i * apart, key).Value;
        Loop.Run(count, new ExponentialStep(to));
    }

    private readonly struct PairStep(int first, ulong key, float* cosines, float* sines) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T>
        {
            var radius = T.Sqrt(LaneMath.Log(T.Of(1) - T.Uniform(first + i, key)) * T.Of(-2));
            var (cosine, sine) = LaneMath.Turns(T.Uniform(first + i, key ^ Second));
            T.Store(radius * cosine, cosines + i);
            T.Store(radius * sine, sines + i);
        }
    }

    private readonly struct ExponentialStep(float* uniforms) : IStep
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(LaneMath.Log(T.Of(1) - T.Load(uniforms + i)) * T.Of(-2), uniforms + i);
    }

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
