using System.Diagnostics;
using System.Text.Json;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Benchmarks;

/// <summary>Top 10 of all items for all users, at the size of MovieLens-1M: random factors, and as many seen pairs as its training set has.</summary>
/// <remarks>Arguments: <c>--threads t</c>, <c>--seconds s</c>.</remarks>
internal static class TopKBenchmark
{
    private const int Users = 6040, Items = 3706, Dim = 64, K = 10, Pairs = 994_169;

    public static int Run(string[] args)
    {
        Team.Threads = (int)MatMulBenchmark.Option(args, "--threads", Environment.ProcessorCount);
        var rng = new Rng(1);
        float[] userFactors = Factors(Users), itemFactors = Factors(Items);
        int[] start = new int[Users + 1], seen = new int[Pairs], indices = new int[Users * K];
        for (var i = 0; i < Users; i++) start[i + 1] = (int)((long)Pairs * (i + 1) / Users);
        foreach (ref var item in seen.AsSpan()) item = rng.Next(Items);
        var (scores, times) = (new float[Users * K], new List<double>());
        var until = Stopwatch.GetTimestamp() + (long)(MatMulBenchmark.Option(args, "--seconds", 3) * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
        {
            var begin = Stopwatch.GetTimestamp();
            FactorRanking.TopK(userFactors, itemFactors, Dim, start, seen, K, indices, scores);
            times.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        times.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name = "topk", users = Users, items = Items, d = Dim, k = K, threads = Team.Threads,
            users_per_second = Math.Round(Users / times[0]), median_users_per_second = Math.Round(Users / times[times.Count / 2]),
        }));
        return 0;

        float[] Factors(int rows)
        {
            var values = new float[rows * Dim];
            foreach (ref var x in values.AsSpan()) x = (float)rng.NextGaussian();
            return values;
        }
    }
}
