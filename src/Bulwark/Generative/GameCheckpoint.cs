using System.Text.Json;
using System.Text.Json.Serialization;
using Bulwark.Tensors.Formats;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>One safetensors file with both players' weights and optimizers, the best point and, in its metadata, how far the game has come.</summary>
internal static class GameCheckpoint
{
    private const string BestPrefix = "best/", Key = "game";
    private static readonly JsonSerializerOptions _json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static void Save(string path, GameRun run)
    {
        var entries = run.Save().ToList();
        if (run.Best is { } best) entries.AddRange(best.Entries.Select(entry => (BestPrefix + entry.Name, entry.Value)));
        Safetensors.Write(path, entries, new Dictionary<string, string> { [Key] = JsonSerializer.Serialize(run.State(), _json) });
    }

    /// <exception cref="TrainingException">The file is not a checkpoint of this game.</exception>
    public static void Load(string path, GameRun run)
    {
        var (entries, metadata) = Safetensors.Read(path);
        if (!metadata.TryGetValue(Key, out var text)) throw new TrainingException($"{path} is not a checkpoint of a game; remove it or train without resuming.");
        var state = JsonSerializer.Deserialize<GameState>(text, _json)!;
        if (state.Steps.Signature != run.Steps.Signature) throw new TrainingException(
            $"{path} belongs to another game ({state.Steps.Signature}), not to this one ({run.Steps.Signature}); resume with the same settings.");
        run.Restore(state);
        run.Restore(entries, state.Counts);
        if (state is { BestCoverage: { } coverage, BestCounts: { } counts }) run.Best = (coverage, GameRun.Under(BestPrefix, entries), counts);
    }
}
