using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors.Tests.Kernels;

[Trait("Category", "Kernels")]
[Collection("Team")]
public sealed unsafe class MatMulTests
{
    private delegate void Product(in MatMulOperands o);

    /// <summary>The widths that this machine has, and whatever <see cref="MatMul.Multiply"/> picks.</summary>
    private static List<Product> Widths()
    {
        List<Product> widths =
        [
            static (in o) => MatMul.Multiply(o.M, o.N, o.K, o.A, o.Lda, o.TransposeA, o.B, o.Ldb, o.TransposeB, o.C, o.Ldc, o.Epilogue),
        ];
        if (MatMul.Has512) widths.Add(MatMulDriver<Vector512<float>, Lanes512>.Multiply);
        if (MatMul.Has256) widths.Add(MatMulDriver<Vector256<float>, Lanes256>.Multiply);
        if (MatMul.Has128) widths.Add(MatMulDriver<Vector128<float>, Lanes128>.Multiply);
        return widths;
    }

    [Fact]
    public void EveryKindOfSmallProductHasTheBitsOfThePlainLoops()
    {
        for (var m = 1; m <= 20; m++)
            for (var n = 1; n <= 20; n++)
                for (var k = 0; k <= 20; k += 1 + (m + n) % 4) Check(m, n, k, kind: m * 7 + n * 3 + k, slack: (m + n + k) % 3);
    }

    [Theory]
    [InlineData(33, 100, 37)]                                  // partial tiles that pack
    [InlineData(64, 64, 64)]
    [InlineData(50, 50, 32)]
    [InlineData(31, 300, 40)]                                  // few rows: wide B read in place
    [InlineData(45, 129, 385)]                                 // the first k of more than one block
    [InlineData(70, 65, 700)]
    [InlineData(40, 790, 33)]                                  // 14 x 32 tiles
    [InlineData(41, 785, 520)]                                 // A packed because n and k are large
    [InlineData(1, 500, 400)]
    [InlineData(300, 1, 30)]
    public void OddProductsHaveTheBitsOfThePlainLoops(int m, int n, int k)
    {
        for (var kind = 0; kind < 8; kind++) Check(m, n, k, kind * 5 + m, slack: kind % 2);
    }

    [Fact]
    public void LongStridesPackA()
    {
        Check(65, 140, 30, kind: 0, slack: 1100);
        Check(65, 140, 30, kind: 1, slack: 1100);
    }

    /// <summary>[1 2; 3 4] · [5 6; 7 8] = [19 22; 43 50]; plus 1 and plus bias (−40, 0), cut at 0, times 2: [0 46; 8 102].</summary>
    [Fact]
    public void TheEpilogueAddsBiasCutsAndScales()
    {
        Guarded a = From(1, 2, 3, 4), b = From(5, 6, 7, 8), c = From(1, 1, 1, 1), bias = From(-40, 0), factor = From(2, 2, 2, 2);
        MatMul.Multiply(2, 2, 2, a.Pointer, 2, false, b.Pointer, 2, false, c.Pointer, 2,
            new() { Accumulate = true, Bias = bias.Pointer, Relu = true, Factor = factor.Pointer });
        Assert.Equal([0, 46, 8, 102], c.Span.ToArray());
        GC.KeepAlive((a, b, bias, factor));

        static Guarded From(params float[] values)
        {
            var i = 0;
            return new Guarded(values.Length, () => values[i++]);
        }
    }

    [Fact]
    public void ReluKeepsNotANumber()
    {
        foreach (var product in Widths())
        {
            Guarded a = new(1, () => float.NaN), b = new(3, () => 1), c = new(3);
            product(new(1, 3, 1, a.Pointer, 1, false, b.Pointer, 3, false, c.Pointer, 3, new() { Relu = true }));
            Assert.All(c.Span.ToArray(), x => Assert.True(float.IsNaN(x)));
            GC.KeepAlive((a, b));
        }
    }

    [Fact]
    public void OneAndTwoThreadsGiveTheSameBits()
    {
        var (m, n, k) = Vector128.IsHardwareAccelerated ? (300, 130, 390) : (60, 70, 80);
        var rng = new Rng(5);
        Guarded a = new(m * k, () => rng.NextSingle()), b = new(k * n, () => rng.NextSingle()), one = new(m * n), two = new(m * n);
        foreach (var transposed in new[] { false, true })
        {
            Into(one, 1, transposed);
            Into(two, 2, transposed);
            Assert.True(one.Span.SequenceEqual(two.Span));
        }
        GC.KeepAlive((a, b));

        void Into(Guarded c, int threads, bool t)
        {
            var before = Team.Threads;
            Team.Threads = threads;
            MatMul.Multiply(m, n, k, a.Pointer, t ? m : k, t, b.Pointer, t ? k : n, t, c.Pointer, n);
            Team.Threads = before;
        }
    }

    [Fact]
    public void BatchedIsOneProductForEachMatrix()
    {
        const int batch = 37, m = 9, n = 11, k = 10;
        var rng = new Rng(6);
        Guarded a = new(batch * m * k, () => rng.NextSingle()), b = new(batch * k * n, () => rng.NextSingle());
        Guarded factor = new(batch * m * n, () => rng.NextSingle()), c = new(batch * m * n), expected = new(batch * m * n);
        MatMul.Batched(batch, m, n, k, a.Pointer, m * k, k, false, b.Pointer, k * n, k, true, c.Pointer, m * n, n, new() { Factor = factor.Pointer });
        for (var i = 0; i < batch; i++)
        {
            MatMulScalar.Multiply(m, n, k, a.Pointer + i * m * k, k, false, b.Pointer + i * k * n, k, true, expected.Pointer + i * m * n, n,
                new() { Factor = factor.Pointer + i * m * n });
        }
        Assert.True(c.Span.SequenceEqual(expected.Span));
        c.AssertIntact();
        GC.KeepAlive((a, b, factor));
    }

    [Theory]
    [InlineData(43, 100, 400)]
    [InlineData(5, 17, 7)]
    [InlineData(70, 800, 30)]
    public void PackingOnceGivesTheSameBits(int m, int n, int k)
    {
        var rng = new Rng(8);
        Guarded a = new(m * k, () => rng.NextSingle()), b = new(n * k, () => rng.NextSingle()), c = new(m * n), expected = new(m * n);
        var packed = new Guarded((int)MatMul.PackedLength(n, k));
        MatMul.PackTransposed(n, k, b.Pointer, k, packed.Pointer);
        MatMul.MultiplyPacked(m, n, k, a.Pointer, k, packed.Pointer, c.Pointer, n);
        MatMulScalar.Multiply(m, n, k, a.Pointer, k, false, b.Pointer, k, true, expected.Pointer, n);
        Assert.True(c.Span.SequenceEqual(expected.Span));
        c.AssertIntact();
        packed.AssertIntact();
        GC.KeepAlive((a, b));
    }

    [Fact]
    public void ThePlainLoopsAreCloseToDoublePrecision()
    {
        const int m = 5, n = 6, k = 900;
        var rng = new Rng(7);
        Guarded a = new(m * k, () => 2 * rng.NextSingle() - 1), b = new(k * n, () => 2 * rng.NextSingle() - 1), c = new(m * n);
        MatMulScalar.Multiply(m, n, k, a.Pointer, k, false, b.Pointer, n, false, c.Pointer, n);
        for (var i = 0; i < m; i++)
            for (var j = 0; j < n; j++)
            {
                var sum = 0.0;
                for (var p = 0; p < k; p++) sum += (double)a.Span[i * k + p] * b.Span[p * n + j];
                Assert.Equal(sum, c.Span[i * n + j], 1e-4);    // 900 terms of at most 1, half an ulp of 30 each at worst
            }
    }

    [Fact]
    public void NoRowsOrColumnsTouchNothing()
    {
        foreach (var product in Widths())
        {
            product(new(0, 3, 2, null, 2, false, null, 3, false, null, 3, default));
            product(new(3, 0, 2, null, 2, false, null, 0, false, null, 0, default));
        }
    }

    /// <summary>Compares every width with the plain loops. The kind's bits choose transposes and parts of the epilogue; slack widens the strides.</summary>
    private static void Check(int m, int n, int k, int kind, int slack)
    {
        var rng = new Rng((ulong)(m * 1_000_003 + n * 1009 + k * 11 + kind));
        bool transposeA = (kind & 1) != 0, transposeB = (kind & 2) != 0;
        int lda = (transposeA ? m : k) + slack, ldb = (transposeB ? k : n) + slack, ldc = n + slack;
        Guarded a = new(Length(transposeA ? k : m, lda), Next), b = new(Length(transposeB ? n : k, ldb), Next), bias = new(n, Next);
        Guarded start = new(Length(m, ldc), Next), factor = new(start.Span.Length, Next), expected = new(start.Span.Length);
        var epilogue = new Epilogue
        {
            Accumulate = (kind & 4) != 0,
            Bias = (kind & 8) != 0 ? bias.Pointer : null,
            Relu = (kind & 16) != 0,
            Factor = (kind & 32) != 0 ? factor.Pointer : null,
        };
        start.Span.CopyTo(expected.Span);
        MatMulScalar.Multiply(m, n, k, a.Pointer, lda, transposeA, b.Pointer, ldb, transposeB, expected.Pointer, ldc, epilogue);
        foreach (var product in Widths())
        {
            var c = new Guarded(start.Span.Length);
            start.Span.CopyTo(c.Span);                         // the slack of C, too, must stay as it was
            product(new(m, n, k, a.Pointer, lda, transposeA, b.Pointer, ldb, transposeB, c.Pointer, ldc, epilogue));
            Assert.True(Bits(expected).SequenceEqual(Bits(c)), $"{m} x {n} x {k}, kind {kind}, slack {slack}");
            c.AssertIntact();
        }
        GC.KeepAlive((a, b, bias, factor));

        float Next() => 2 * rng.NextSingle() - 1;
        static int Length(int rows, int stride) => rows * stride;
        static Span<int> Bits(Guarded x) => MemoryMarshal.Cast<float, int>(x.Span);
    }
}
