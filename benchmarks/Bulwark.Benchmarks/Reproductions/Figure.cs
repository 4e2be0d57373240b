using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>One measured figure beside the published one: a JSON line.</summary>
/// <param name="Name">The experiment.</param>
/// <param name="Model">What was measured.</param>
/// <param name="Settings">How it was trained.</param>
/// <param name="Seed">The seed, or the first of several.</param>
/// <param name="Part">The part of the data it was measured on: test, or validation carved from training.</param>
/// <param name="Metric">The metric.</param>
/// <param name="Value">The measured figure.</param>
/// <param name="Published">The published figure; null if there is none.</param>
/// <param name="Seconds">Wall time of training and measuring.</param>
internal sealed record Figure(
    string Name, string Model, string Settings, ulong Seed, string Part, string Metric, double Value, double? Published, double Seconds)
{
    private static readonly JsonSerializerOptions Format = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public void Print() => Console.WriteLine(JsonSerializer.Serialize(this with { Value = Math.Round(Value, 5), Seconds = Math.Round(Seconds, 1) }, Format));

    public static double Since(long start) => Stopwatch.GetElapsedTime(start).TotalSeconds;
}
