using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Half a year of one shopper: sessions of visits, of which some lead to carts, purchases and ratings.</summary>
internal sealed class ShopperLife(ShopOptions options, Catalog catalog, Oracle oracle, EventLog log)
{
    /// <summary>Days of the period, its start (2024-01-01 UTC), and its months.</summary>
    public const int Days = 182;

    /// <inheritdoc cref="Days"/>
    public const long Start = 1_704_067_200;

    /// <inheritdoc cref="Days"/>
    public const int Months = 6;

    private const long Day = 86_400;
    private const long End = Start + Days * Day;
    private const double EventsPerVisit = 1.76;                         // measured
    private const double Tail = 0.8;                                    // σ of the log of the number of visits
    private const int FewestVisits = 4;
    private readonly float[] _scores = new float[catalog.Count];
    private readonly double[] _cumulative = new double[catalog.Count];
    private readonly int[] _visitor = new int[catalog.Count];           // the last shopper + 1 to visit each product

    /// <summary>Adds the shopper's events to the log.</summary>
    public void Live(int shopper, Rng rng)
    {
        var mean = options.EventsPerShopper / EventsPerVisit;
        var visits = (int)Math.Round(Math.Exp(Math.Log(mean) - Tail * Tail / 2 + Tail * rng.NextGaussian()));
        visits = Math.Clamp(visits, Math.Min(FewestVisits, catalog.Count / 2), catalog.Count / 2);
        var times = Times(visits, rng);
        var month = -1;
        foreach (var time in times)
        {
            var now = (int)((time - Start) * Months / (End - Start));
            if (now != month) Weigh(shopper, month = now);
            var product = Pick(shopper, rng);
            _visitor[product] = shopper + 1;
            Visit(shopper, product, month + 0.5f, time, rng);
        }
    }

    /// <summary>Ascending times in sessions of a few visits each, by day and evening.</summary>
    private static long[] Times(int visits, Rng rng)
    {
        var times = new long[visits];
        var joined = rng.Next(2) == 0 ? 0 : rng.NextDouble() * 0.4 * Days;
        for (var at = 0; at < visits;)
        {
            var day = (long)(joined + (Days - joined) * rng.NextDouble());
            var time = Start + day * Day + (long)((8 + 14 * rng.NextDouble()) * 3600);
            for (var left = 1 + rng.Next(5); left > 0 && at < visits; left--, at++)
            {
                times[at] = time;
                time += 30 + rng.Next(270);
            }
        }
        Array.Sort(times);
        return times;
    }

    /// <summary>The running sums of the weights exp(score) in a month.</summary>
    private void Weigh(int shopper, int month)
    {
        oracle.Score(shopper, month + 0.5f, _scores);
        var sum = 0.0;
        for (var product = 0; product < _scores.Length; product++) _cumulative[product] = sum += Math.Exp(_scores[product]);
    }

    /// <summary>A product not visited before: by chance alone in a share of cases, else by weight.</summary>
    private int Pick(int shopper, Rng rng)
    {
        var noise = rng.NextDouble() < options.Noise;
        for (var attempt = 0; ; attempt++)
        {
            int product;
            if (noise || attempt > 200) product = rng.Next(catalog.Count);
            else
            {
                product = _cumulative.AsSpan().BinarySearch(rng.NextDouble() * _cumulative[^1]);
                if (product < 0) product = Math.Min(~product, catalog.Count - 1);
            }
            if (_visitor[product] != shopper + 1) return product;
        }
    }

    /// <summary>View, then perhaps cart, purchase, and after days a rating.</summary>
    private void Visit(int shopper, int product, float months, long time, Rng rng)
    {
        var liking = oracle.Liking(shopper, months, product);
        log.Add(shopper, product, EventKind.View, time);
        if (rng.NextDouble() >= Sigmoid(-0.3 + liking)) return;
        log.Add(shopper, product, EventKind.Cart, time += 20 + rng.Next(100));
        if (rng.NextDouble() >= Sigmoid(0.4 + 0.5 * liking)) return;
        log.Add(shopper, product, EventKind.Buy, time += 60 + rng.Next(600));
        if (rng.NextDouble() >= 0.6) return;
        time += Day + rng.Next((int)(7 * Day));
        if (time < End) log.Add(shopper, product, EventKind.Rate, time, Rating(liking + 0.5 * rng.NextGaussian()));
    }

    /// <summary>Stars from 1 to 5.</summary>
    public static float Rating(double liking) => (float)Math.Clamp(Math.Round(3.2 + liking), 1, 5);

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
