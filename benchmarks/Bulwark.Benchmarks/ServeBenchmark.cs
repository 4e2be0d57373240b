using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Server;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks;

/// <summary>
/// A server and its clients in one process, over loopback, at the size of MovieLens-1M (6,040 users, 3,706 items, d 64, random rows): lists of ten for random users,
/// events one by one and a hundred at once, and lists while events come and the model learns. Requests a second, and their times in milliseconds.
/// </summary>
/// <remarks>Arguments: <c>--clients n</c>, <c>--seconds s</c> for each line.</remarks>
internal static class ServeBenchmark
{
    private const int Users = 6040, Items = 3706, Dim = 64, Touched = 160;

    public static int Run(string[] args) => Measure(new Arguments(args)).GetAwaiter().GetResult();

    private static async Task<int> Measure(Arguments options)
    {
        var (clients, seconds) = (options.Int("clients", 8), options.Float("seconds", 5));
        var state = Directory.CreateTempSubdirectory("bulwark-serve-").FullName;
        try
        {
            await using var server = await RecommendationServer.Start(Served(new Rng(1)), new(state) { Port = 0, Monitor = new() { WindowEvents = 2000 } }, _ => { });
            using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 2 * clients }) { BaseAddress = server.Address };
            Func<Rng, Task> list = async rng => await client.GetByteArrayAsync($"/api/v1/users/u{rng.Next(Users)}/recommendations");
            Func<Rng, Task> one = rng => Post(client, 1, rng), hundred = rng => Post(client, 100, rng);
            var posted = 0L;
            await Time("warm up", clients, 5, list);
            posted += (await Time("warm up", clients, 5, one)).Times.Length;
            await Settle(client, posted);
            foreach (var (name, work, events) in new[] { ("lists", list, 0), ("events, one by one", one, 1), ("events, 100 at once", hundred, 100) })
            {
                var run = await Time(name, clients, seconds, work);
                Print(name, clients, run);
                await Settle(client, posted += (long)events * run.Times.Length);
            }
            var busy = await Task.WhenAll(Time("lists", clients, seconds, list), Time("events", 2, seconds, one));
            Print("lists while events come", clients, busy[0]);
            Print("events while lists are asked for", 2, busy[1]);
            return 0;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    /// <summary>Waits until the server has watched so many events.</summary>
    private static async Task Settle(HttpClient client, long events)
    {
        while ((await client.GetFromJsonAsync<JsonElement>("/api/v1/model")).GetProperty("events").GetInt64() < events) await Task.Delay(50);
    }

    private static async Task Post(HttpClient client, int count, Rng rng)
    {
        using var answer = await client.PostAsJsonAsync(
            "/api/v1/events", Enumerable.Range(0, count).Select(_ => new { user = $"u{rng.Next(Users)}", item = $"i{rng.Next(Items)}" }));
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Sorted times in milliseconds of what so many clients do in turn for so long.</summary>
    private static async Task<(double[] Times, double Seconds)> Time(string name, int clients, double seconds, Func<Rng, Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        var all = await Task.WhenAll(Enumerable.Range(0, clients).Select(client => Task.Run(async () =>
        {
            var (times, rng) = (new List<double>(), new Rng(1).Fork(name).Fork(client));
            while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
            {
                var begin = Stopwatch.GetTimestamp();
                await work(rng);
                times.Add(Stopwatch.GetElapsedTime(begin).TotalMilliseconds);
            }
            return times;
        })));
        return ([.. all.SelectMany(times => times).Order()], Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static void Print(string name, int clients, (double[] Times, double Seconds) run) => Console.WriteLine(JsonSerializer.Serialize(new
    {
        name, clients, requests_per_second = Math.Round(run.Times.Length / run.Seconds),
        p50_ms = At(run.Times, 0.5), p95_ms = At(run.Times, 0.95), p99_ms = At(run.Times, 0.99),
    }));

    private static double At(double[] sorted, double share) => Math.Round(sorted[(int)(share * (sorted.Length - 1))], 2);

    private static Served Served(Rng rng)
    {
        var log = new InteractionsBuilder(new(Enumerable.Range(0, Users).Select(user => $"u{user}")), new(Enumerable.Range(0, Items).Select(item => $"i{item}")));
        for (var user = 0; user < Users; user++)
            for (var n = 0; n < Touched; n++) log.Add(user, rng.Next(Items));
        var (train, model) = (log.Build(), new MatrixFactorization(Users, Items, new(Dim)));
        var at = new Point((model.Users, Tensor.Gaussian((Users, Dim), 1, rng).Keep()), (model.Items, Tensor.Gaussian((Items, Dim), 1, rng).Keep()));
        return new("factorization", new PointRecommender(model, at, new Popularity(Users, train.ItemCounts())), train) { Factorization = new(model, at, new(Dim)) };
    }
}
