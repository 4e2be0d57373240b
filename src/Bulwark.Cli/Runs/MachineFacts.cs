using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>On what a run was made.</summary>
internal static class MachineFacts
{
    public static IReadOnlyList<ReportFact> All =>
    [
        new("Bulwark", typeof(Report).Assembly.GetName().Version?.ToString(3) ?? ""),
        new("Runtime", RuntimeInformation.FrameworkDescription),
        new("Operating system", RuntimeInformation.OSDescription),
        new("Processors", $"{Environment.ProcessorCount} × {RuntimeInformation.ProcessArchitecture}"),
        new("Vectors", Vector512.IsHardwareAccelerated ? "512 bits" : Vector256.IsHardwareAccelerated ? "256 bits" : "128 bits or none"),
        new("Threads", $"{Team.Threads}"),
    ];
}
