using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// A game of two players: each makes its own objective small by moving its own variables, and both objectives are read at the point of both. A player's
/// objective is a mean over the batch, a scalar.
/// </summary>
/// <param name="Critic">What tells real examples from generated ones.</param>
/// <param name="Generator">What makes examples.</param>
public sealed record Game<TBatch>(Objective<TBatch> Critic, Objective<TBatch> Generator);
