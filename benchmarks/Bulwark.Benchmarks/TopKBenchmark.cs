using System.Diagnostics;
using System.Text.Json;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Benchmarks;

/// <summary>
/// Top 10 of all items for all users, at the size of MovieLens-1M: random factors, and nearly as many seen pairs as its training set has. First what
/// users call, <see cref="FullRanking.Recommend"/> of a factorization; then <see cref="FullRanking.Evaluate"/>, a test item a user; last the kernel alone.
/// </summary>
/// <remarks>Arguments: <c>--threads t</c>, <c>--seconds s</c> for each line.</remarks>
internal static class TopKBenchmark
{
    private const int Users = 6040, Items = 3706, Dim = 64, K = 10, Pairs = 994_169;

    public static int Run(string[] args)
    {
        Team.Threads = (int)MatMulBenchmark.Option(args, "--threads", Environment.ProcessorCount);
        var (seconds, rng) = (MatMulBenchmark.Option(args, "--seconds", 3), new Rng(1));
        var seen = UserRows.Of(Enumerable.Range(0, Users).Select(_ => Drawn(Pairs / Users)));
        var test = UserRows.Of(Enumerable.Range(0, Users).Select(_ => Drawn(1)));
        var model = new MatrixFactorization(Users, Items, new(Dim));
        var at = model.Start(rng).With(model.Users, Tensor.Gaussian((Users, Dim), 1, rng)).With(model.Items, Tensor.Gaussian((Items, Dim), 1, rng));
        var ranking = new PointRecommender(model, at, new Popularity(Users, seen.Popularity(Items)));
        int[] everyone = [.. Enumerable.Range(0, Users)], indices = new int[Users * K];
        var scores = new float[Users * K];
        Time("topk", seconds, () => FullRanking.Recommend(ranking, everyone, seen, K));
        Time("ranks", seconds, () => FullRanking.Evaluate(ranking, test, seen, [RankingMetrics.Ndcg(K)]));
        Time("topk-kernel", seconds, () => FactorRanking.TopK(at[model.Users].Values, at[model.Items].Values, Dim, seen.Start, seen.Items, K, indices, scores));
        return 0;

        int[] Drawn(int count) => [.. Enumerable.Range(0, count).Select(_ => rng.Next(Items))];
    }

    private static void Time(string name, double seconds, Action work)
    {
        var times = new List<double>();
        var until = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        while (Stopwatch.GetTimestamp() < until)
        {
            var begin = Stopwatch.GetTimestamp();
            work();
            times.Add(Stopwatch.GetElapsedTime(begin).TotalSeconds);
        }
        times.Sort();
        Console.WriteLine(JsonSerializer.Serialize(new
        {
            name, users = Users, items = Items, d = Dim, k = K, threads = Team.Threads,
            users_per_second = Math.Round(Users / times[0]), median_users_per_second = Math.Round(Users / times[times.Count / 2]),
        }));
    }
}
