using System.Runtime.CompilerServices;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
public sealed unsafe class LoopTests
{
    [Fact]
    public void SumsHaveTheBitsOfTheirScalarTwin()
    {
        var values = Draw(100);
        fixed (float* x = values)
            for (var count = 0; count <= values.Length; count++)
            {
                Assert.Equal(Loop.SumScalar(count, new Values(x)), Loop.Sum(count, new Values(x)));
                Assert.Equal(values.Take(count).Sum(v => (double)v), Loop.Sum(count, new Values(x)), 1e-5);
                Assert.Equal(RowKernels.DotScalar(x, x, count), RowKernels.Dot(x, x, count));
            }
    }

    /// <summary>With 1 and 2²⁴ in turn, the order of adding shows: 2²⁴ + 1 rounds to 2²⁴.</summary>
    [Fact]
    public void ElementwiseSumsAddInSixteenInterleavedParts()
    {
        var values = new float[33];
        for (var i = 0; i < values.Length; i++) values[i] = i < 16 ? 1 << 24 : 1;
        fixed (float* x = values) Assert.Equal(16f * (1 << 24), Elementwise.Sum(x, values.Length));
    }

    [Fact]
    public void StepsVisitEveryElementOnce()
    {
        for (var count = 0; count <= 70; count++)
        {
            var values = new float[count + 1];
            fixed (float* x = values) Loop.Run(count, new AddIndex(x));
            Assert.Equal([.. Enumerable.Range(0, count).Select(i => 1f), 0], values);
        }
    }

    [Fact]
    public void ExtremesAreFoundWhereverTheyStand()
    {
        for (var count = 1; count <= 70; count++)
            for (var at = 0; at < count; at++)
            {
                var values = Draw(count);
                values[at] = 9;
                fixed (float* x = values) Assert.Equal(9, Loop.Extreme<LargerOne>(x, count));
                values[at] = float.NaN;
                fixed (float* x = values) Assert.Equal(float.NaN, Loop.Extreme<LargerOne>(x, count));
            }
    }

    private static float[] Draw(int count)
    {
        var rng = new Rng((ulong)count);
        return [.. Enumerable.Range(0, count).Select(_ => 2 * rng.NextSingle() - 1)];
    }

    private readonly struct Values(float* x) : ITerm
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Add<T>(T sum, int i) where T : struct, ILanes<T> => sum + T.Load(x + i);
    }

    private readonly struct AddIndex(float* x) : IStep
    {
        public void At<T>(int i) where T : struct, ILanes<T> => T.Store(T.Load(x + i) + T.Of(1), x + i);
    }

    private readonly struct LargerOne : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => T.IfEqual(y, y, LaneMath.Max(x, y), y);
    }
}
