using System.Text.Json.Serialization;
using Bulwark.Generative;

namespace Bulwark.Evaluation;

/// <summary>How a game of two players went, epoch by epoch.</summary>
/// <param name="Model">The generator's name, as in tables.</param>
/// <param name="Epochs">Its epochs.</param>
public sealed record ReportGame(string Model, IReadOnlyList<GameEpoch> Epochs)
{
    /// <summary>What was wrong in the last epoch: a collapse that was answered, or passed by itself, is over.</summary>
    [JsonIgnore]
    public GameWarning Warning => Epochs.Count > 0 ? Epochs[^1].Warning : GameWarning.None;
}
