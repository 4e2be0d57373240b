using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

/// <summary>The transcendental functions against double precision, over all magnitudes; and lanes of every width against each other.</summary>
[Trait("Category", "Kernels")]
public sealed unsafe class LaneMathTests
{
    private static readonly float[] _special =
    [
        0, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue, float.MinValue, float.Epsilon, -float.Epsilon,
        1.17549435e-38f, -1e-40f, 1, -1, 88.72283f, 88.73f, -86.98f, -86.99f, 0.625f, -0.625f, 8388608, 0.5f,
    ];

    [Fact]
    public void ExpIsWithinTwoUlp() => AssertUlp<ExpFormula>(Math.Exp, 2, x => x is > -86.98f and < 88.72f);

    [Fact]
    public void LogIsWithinTwoUlp() => AssertUlp<LogFormula>(Math.Log, 2, x => x > 1.2e-38f && Math.Abs(x - 1) > 1e-3);

    [Fact]
    public void LogIsWithinTwoUlpNearOne() => AssertUlp<LogFormula>(Math.Log, 2, x => x is > 0.9f and < 1.1f, 0.9f, 1.1f);

    [Fact]
    public void Log1PKeepsSmallNumbers() => AssertUlp<Log1PFormula>(LogOnePlus, 4, x => x is >= 0 and < 1e30f);

    [Fact]
    public void SigmoidIsWithinFourUlp() => AssertUlp<SigmoidFormula>(x => 1 / (1 + Math.Exp(-x)), 4, x => x > -86.9f);

    [Fact]
    public void SoftplusIsWithinFourUlp() => AssertUlp<SoftplusFormula>(x => Math.Max(x, 0) + LogOnePlus(Math.Exp(-Math.Abs(x))), 4, x => x > -86.9f);

    [Fact]
    public void TanhIsWithinFourUlp() => AssertUlp<TanhFormula>(Math.Tanh, 4, x => Math.Abs(x) > 1e-37f);

    [Fact]
    public void InverseSqrtIsWithinThreeUlp() => AssertUlp<InverseSqrtFormula>(x => 1 / Math.Sqrt(x), 3, x => x > 1.2e-38f && !float.IsInfinity(x));

    /// <summary>Φ by Simpson's rule on the density.</summary>
    [Fact]
    public void NormalIsWithinTenToTheMinusSeven()
    {
        for (var x = -6f; x <= 6; x += 0.37f)
        {
            const int parts = 2000;
            double sum = 0, h = x / (double)parts;
            for (var i = 0; i <= parts; i++) sum += (i is 0 or parts ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-0.5 * i * h * i * h);
            Assert.Equal(0.5 + sum * h / 3 / Math.Sqrt(2 * Math.PI), LaneMath.Normal(F1.Of(x)).Cumulative.Value, 2e-7);
        }
    }

    [Fact]
    public void CosineOfTurnsIsGoodEnoughForNoise()
    {
        for (var v = 0f; v < 1; v += 0.001f) Assert.Equal(Math.Cos(2 * Math.PI * v), LaneMath.CosineOfTurns(F1.Of(v)).Value, 1.5e-5);
    }

    [Fact]
    public void InfinitiesAndNaN()
    {
        const float infinity = float.PositiveInfinity;
        AssertValues<ExpFormula>((0, 1), (-0f, 1), (infinity, infinity), (-infinity, 0), (89, infinity), (-88, 0), (float.NaN, float.NaN));
        AssertValues<LogFormula>((1, 0), (0, -infinity), (-0f, -infinity), (-1, float.NaN), (infinity, infinity), (float.NaN, float.NaN));
        AssertValues<SigmoidFormula>((0, 0.5f), (infinity, 1), (-infinity, 0), (float.NaN, float.NaN));
        AssertValues<SoftplusFormula>((infinity, infinity), (-infinity, 0), (1000, 1000), (-1000, 0), (float.NaN, float.NaN));
        AssertValues<TanhFormula>((0, 0), (infinity, 1), (-infinity, -1), (1e-30f, 1e-30f), (float.NaN, float.NaN));
    }

    /// <summary>ln 2⁻¹⁴⁹ = −149 ln 2: denormal numbers are scaled up first.</summary>
    [Fact]
    public void LogOfDenormals() => Assert.Equal(-149 * Math.Log(2), LaneMath.Log(F1.Of(float.Epsilon)).Value, 1e-5);

    [Fact]
    public void EveryWidthGivesTheSameBits()
    {
        AssertSameBits<ExpFormula>();
        AssertSameBits<LogFormula>();
        AssertSameBits<Log1PFormula>();
        AssertSameBits<SigmoidFormula>();
        AssertSameBits<SoftplusFormula>();
        AssertSameBits<TanhFormula>();
        AssertSameBits<InverseSqrtFormula>();
        AssertSameBits<NormalFormula>();
        AssertSameBits<BellFormula>();
        AssertSameBits<CosineFormula>();
        AssertSameBits<ArithmeticFormula>();
        AssertSameBits<ChoiceFormula>();
    }

    [Fact]
    public void RandomLanesAreThoseOfTheirPositions()
    {
        var (eight, sixteen) = (new float[8], new float[16]);
        foreach (var index in new[] { 0, 1, 77, int.MaxValue - 16 })
        {
            var key = Rng.Mix((ulong)index);
            fixed (float* to = eight) F8.Store(F8.Uniform(index, key), to);
            fixed (float* to = sixteen) F16.Store(F16.Uniform(index, key), to);
            for (var j = 0; j < 16; j++)
            {
                var one = F1.Uniform(index + j, key).Value;
                Assert.InRange(one, 0, 1 - CounterHash.Unit);
                Assert.Equal(one, sixteen[j]);
                if (j < 8) Assert.Equal(one, eight[j]);
            }
        }
    }

    private static double LogOnePlus(double u) => u < 1e-4 ? u - u * u / 2 + u * u * u / 3 : Math.Log(1 + u);

    /// <summary>Finite floats of every magnitude and both signs; or evenly spaced ones.</summary>
    private static float[] Sweep(float low = 0, float high = 0)
    {
        if (low < high) return [.. Enumerable.Range(0, 20_000).Select(i => low + (high - low) * i / 20_000)];
        var values = new List<float>();
        for (long bits = 0; bits < 0x7F800000; bits += 100_003)
        {
            values.Add(BitConverter.Int32BitsToSingle((int)bits));
            values.Add(-values[^1]);
        }
        return [.. values];
    }

    private static void AssertUlp<TOp>(Func<double, double> exact, double tolerance, Func<float, bool> domain, float low = 0, float high = 0)
        where TOp : struct, IUnary
    {
        var checkedSome = 0;
        foreach (var x in Sweep(low, high).Where(domain))
        {
            var expected = exact(x);
            var ulp = Math.Max(MathF.BitIncrement((float)Math.Abs(expected)) - (double)(float)Math.Abs(expected), float.Epsilon);
            var error = Math.Abs(TOp.Of(F1.Of(x)).Value - expected) / ulp;
            if (!(error <= tolerance)) Assert.Fail($"f({x:g9}) = {TOp.Of(F1.Of(x)).Value:g9}, exactly {expected:g12}: {error:f1} ulp");
            checkedSome++;
        }
        Assert.True(checkedSome > 1000);
    }

    private static void AssertValues<TOp>(params (float X, float Expected)[] values) where TOp : struct, IUnary =>
        Assert.All(values, value => Assert.Equal(value.Expected, TOp.Of(F1.Of(value.X)).Value));

    private static void AssertSameBits<TOp>() where TOp : struct, IUnary
    {
        var values = Sweep().Concat(_special).Concat(Sweep(-100, 100)).ToArray();
        Array.Resize(ref values, values.Length / 16 * 16);
        var (eight, sixteen) = (new float[8], new float[16]);
        fixed (float* x = values, to8 = eight, to16 = sixteen)
            for (var i = 0; i < values.Length; i += 8)
            {
                F8.Store(TOp.Of(F8.Load(x + i)), to8);
                if (i % 16 == 0) F16.Store(TOp.Of(F16.Load(x + i)), to16);
                for (var j = 0; j < 8; j++)
                {
                    var one = TOp.Of(F1.Of(x[i + j])).Value;
                    if (!SameBits(one, to8[j]) || !SameBits(one, to16[i % 16 + j]))
                        Assert.Fail($"{typeof(TOp).Name}({x[i + j]:g9}): {one:g9} alone, {to8[j]:g9} by eights, {to16[i % 16 + j]:g9} by sixteens");
                }
            }
    }

    /// <summary>Equal bits; which NaN it is does not matter.</summary>
    private static bool SameBits(float x, float y) => float.IsNaN(x) ? float.IsNaN(y) : BitConverter.SingleToInt32Bits(x) == BitConverter.SingleToInt32Bits(y);

    private readonly struct ExpFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Exp(x); }

    private readonly struct LogFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Log(x); }

    private readonly struct Log1PFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Log1P(x); }

    private readonly struct SigmoidFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Sigmoid(x); }

    private readonly struct SoftplusFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Softplus(x); }

    private readonly struct TanhFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Tanh(x); }

    private readonly struct InverseSqrtFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.InverseSqrt(x); }

    private readonly struct NormalFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Normal(x).Cumulative; }

    private readonly struct BellFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.Normal(x).Exponential; }

    private readonly struct CosineFormula : IUnary { public static T Of<T>(T x) where T : struct, ILanes<T> => LaneMath.CosineOfTurns(x); }

    private readonly struct ArithmeticFormula : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> => T.Sqrt(T.Abs(T.Fma(x, x + T.Of(1), -x) / (x - T.Of(3)) * x));
    }

    private readonly struct ChoiceFormula : IUnary
    {
        public static T Of<T>(T x) where T : struct, ILanes<T> =>
            T.IfEqual(x, T.Of(1), T.Of(7), T.IfLess(x, T.Of(0.5f), LaneMath.Max(x, T.Of(-2)), LaneMath.Min(x, T.Of(5))));
    }
}
