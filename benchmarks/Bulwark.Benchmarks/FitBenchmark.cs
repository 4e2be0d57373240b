using System.Diagnostics;
using System.Globalization;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data;
using Bulwark.Models.Linear;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks;

/// <summary>Seconds of models that are worked out at once.</summary>
internal static class FitBenchmark
{
    /// <summary>An iteration of implicit ALS, d 64, on ML-1M.</summary>
    public static int Als(string[] args)
    {
        var options = new Arguments(args);
        var train = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m")).Interactions;
        var settings = new ImplicitAlsOptions(Iterations: 1, GradientSteps: options.Int("gradient-steps", 0));
        var (model, iterations) = (ImplicitAls.Model(train.UserCount, train.ItemCount, settings), options.Int("iterations", 5));
        ImplicitAls.Fit(model, train, settings, new Rng(1));
        Print("als", iterations, () => ImplicitAls.Fit(model, train, settings with { Iterations = iterations }, new Rng(1)));
        return 0;
    }

    /// <summary>The neighbors of every item of Gowalla.</summary>
    public static int Neighbors(string[] args)
    {
        var train = DatasetReader.Open(DataFolder.Find(new Arguments(args), "gowalla")).Interactions;
        Print("item-knn", 1, () => ItemKnn.Fit(train, new()));
        return 0;
    }

    private static void Print(string name, int times, Action fit)
    {
        var start = Stopwatch.GetTimestamp();
        fit();
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds / times;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $$"""{"name":"{{name}}","threads":{{Team.Threads}},"seconds":{{seconds:F3}}}"""));
    }
}
