using Bulwark.Generative;

namespace Bulwark.Evaluation;

/// <summary>How a game of two players went, epoch by epoch.</summary>
/// <param name="Model">The generator's name, as in tables.</param>
/// <param name="Epochs">Its epochs.</param>
public sealed record ReportGame(string Model, IReadOnlyList<GameEpoch> Epochs);
