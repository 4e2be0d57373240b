using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Json;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Benchmarks;

/// <summary>The matrix product against OpenBLAS on one thread, if that is installed: the best of many interleaved rounds.</summary>
/// <remarks>
/// Arguments: <c>--threads t</c> for both sides, <c>--seconds s</c> for each case. OpenBLAS 0.3.21 does not know processors newer than itself and then
/// falls back to kernels five times slower, so it is told to use its AVX-512 kernels unless OPENBLAS_CORETYPE says otherwise.
/// </remarks>
internal static unsafe partial class MatMulBenchmark
{
    private const int RowMajor = 101, AsIs = 111, Transpose = 112;

    private static readonly (int M, int N, int K, string Kind)[] Cases =
    [
        .. from size in new[] { 64, 256, 512, 1024 } from kind in new[] { "plain", "transposed", "gradient" } select (size, size, size, kind),
        .. from rows in new[] { 256, 4096, 12800 } from kind in new[] { "plain", "transposed", "gradient" }
           select kind == "gradient" ? (64, 64, rows, kind) : (rows, 64, 64, kind),
    ];

    public static int Run(string[] args)
    {
        Team.Threads = (int)Option(args, "--threads", 1);
        var seconds = Option(args, "--seconds", 0.5);
        var blas = Blas(out var core);
        Console.Error.WriteLine(blas == 0 ? "OpenBLAS is not installed: no comparison." : $"OpenBLAS uses its {core} kernels.");
        foreach (var (m, n, k, kind) in Cases) Report(m, n, k, kind, seconds, blas);
        return 0;
    }

    internal static double Option(string[] args, string name, double otherwise) => Array.IndexOf(args, name) is >= 0 and var i
        ? double.Parse(args[i + 1], CultureInfo.InvariantCulture)
        : otherwise;

    private static void Report(int m, int n, int k, string kind, double seconds, nint blas)
    {
        bool transposeA = kind == "gradient", transposeB = kind == "transposed";
        float* a = Random(m * k, 1), b = Random(k * n, 2), c = Random(m * n, 3);
        int lda = transposeA ? m : k, ldb = transposeB ? k : n;
        var sgemm = (delegate* unmanaged<int, int, int, int, int, int, float, float*, int, float*, int, float, float*, int, void>)blas;
        var calls = Math.Max(1, (int)(2e8 / (2.0 * m * n * k)));
        var (ours, theirs) = (double.PositiveInfinity, double.PositiveInfinity);
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
        {
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++) MatMul.Multiply(m, n, k, a, lda, transposeA, b, ldb, transposeB, c, n);
            ours = Math.Min(ours, Stopwatch.GetElapsedTime(start).TotalSeconds);
            if (blas == 0) continue;
            start = Stopwatch.GetTimestamp();
            for (var i = 0; i < calls; i++)
                sgemm(RowMajor, transposeA ? Transpose : AsIs, transposeB ? Transpose : AsIs, m, n, k, 1, a, lda, b, ldb, 0, c, n);
            theirs = Math.Min(theirs, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        var work = 2e-9 * m * n * k * calls;
        double? peer = blas == 0 ? null : Math.Round(work / theirs, 3), ratio = blas == 0 ? null : Math.Round(theirs / ours, 3);
        var result = new { name = "matmul", m, n, k, kind, threads = Team.Threads, gflops = Math.Round(work / ours, 3), openblas_gflops = peer, ratio };
        Console.WriteLine(JsonSerializer.Serialize(result));
        NativeMemory.AlignedFree(a);
        NativeMemory.AlignedFree(b);
        NativeMemory.AlignedFree(c);
    }

    private static float* Random(int length, ulong seed)
    {
        var rng = new Rng(seed);
        var values = (float*)NativeMemory.AlignedAlloc((nuint)length * sizeof(float), 64);
        for (var i = 0; i < length; i++) values[i] = rng.NextSingle() - 0.5f;
        return values;
    }

    private static nint Blas(out string? core)
    {
        core = null;
        if (!OperatingSystem.IsWindows() && MatMul.Has512) SetEnvironment("OPENBLAS_CORETYPE", "SkylakeX", 0);  // before loading; .NET's own would not reach it
        foreach (var name in new[] { "libopenblas.so.0", "libopenblas", "openblas" })
        {
            if (!NativeLibrary.TryLoad(name, out var library) || !NativeLibrary.TryGetExport(library, "cblas_sgemm", out var sgemm)) continue;
            ((delegate* unmanaged<int, void>)NativeLibrary.GetExport(library, "openblas_set_num_threads"))(Team.Threads);
            core = Marshal.PtrToStringAnsi(((delegate* unmanaged<nint>)NativeLibrary.GetExport(library, "openblas_get_corename"))());
            return sgemm;
        }
        return 0;
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
