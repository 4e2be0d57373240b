using System.Text.Json;
using System.Text.Json.Serialization;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>One safetensors file with weights, optimizer state, the best point and, in its metadata, how far training has come.</summary>
internal static class Checkpoint
{
    private const string BestPrefix = "best.";
    private const string StepsKey = "optimizer-steps";
    private const string RunKey = "run";
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Save(string path, Optimizer optimizer, TrainingRun run)
    {
        var entries = optimizer.Save().ToList();
        if (run.Best is { } best)
            foreach (var variable in best.Variables) entries.Add((BestPrefix + variable.Name, best[variable]));
        Safetensors.Write(path, entries, new Dictionary<string, string>
        {
            [RunKey] = JsonSerializer.Serialize(run.Save(), Json),
            [StepsKey] = JsonSerializer.Serialize(optimizer.Steps),
        });
    }

    /// <exception cref="TrainingException">The file is not a checkpoint of this training.</exception>
    public static void Load(string path, Optimizer optimizer, TrainingRun run)
    {
        var (entries, metadata) = Safetensors.Read(path);
        if (!metadata.TryGetValue(RunKey, out var text) || !metadata.TryGetValue(StepsKey, out var steps))
            throw new TrainingException($"{path} is not a training checkpoint; remove it or train without resuming.");
        var state = JsonSerializer.Deserialize<RunState>(text, Json)!;
        if (state.Signature != run.Signature)
            throw new TrainingException($"{path} belongs to another training ({state.Signature}), not to this one ({run.Signature}); resume with the same settings.");
        optimizer.Restore(entries, JsonSerializer.Deserialize<long>(steps));
        run.Restore(state);
        if (state.BestEpoch == 0) return;
        var values = entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        run.Best = optimizer.At.Map((variable, _) => values[BestPrefix + variable.Name]);
    }
}
