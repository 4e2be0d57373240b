using System.Text.Json;
using System.Text.Json.Serialization;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>One safetensors file with weights, optimizer state, the best point and, in its metadata, how far training has come.</summary>
internal static class Checkpoint
{
    private const string BestPrefix = "best.", MeanPrefix = "mean.";
    private const string StepsKey = "optimizer-steps";
    private const string RunKey = "run";
    private static readonly JsonSerializerOptions Json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Save(string path, Optimizer optimizer, TrainingRun run)
    {
        var entries = optimizer.Save().ToList();
        Add(BestPrefix, run.Best);
        Add(MeanPrefix, run.Mean?.At);
        Safetensors.Write(path, entries, new Dictionary<string, string>
        {
            [RunKey] = JsonSerializer.Serialize(run.Save(), Json),
            [StepsKey] = JsonSerializer.Serialize(optimizer.Steps),
        });

        void Add(string prefix, Point? at)
        {
            if (at is null) return;
            foreach (var variable in at.Variables) entries.Add((prefix + variable.Name, at[variable]));
        }
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
        var values = entries.ToDictionary(entry => entry.Name, entry => entry.Value);
        if (state.BestEpoch > 0) run.Best = At(BestPrefix);
        run.Mean = state.Averaged > 0 ? new RunningMean(At(MeanPrefix), state.Averaged) : null;

        Point At(string prefix) => optimizer.At.Map((variable, _) => values[prefix + variable.Name]);
    }
}
