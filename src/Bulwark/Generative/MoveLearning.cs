using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// A generator of moves learned against a trained classifier by <see cref="AdvGan"/>: on examples that are not those it will be judged by, once for all of them.
/// What it makes large is the margin up to 1 above the border, so that what is won is left alone.
/// </summary>
/// <param name="Epochs">Passes over the examples.</param>
public sealed record MoveLearning(int Epochs = 10)
{
    private const int Batch = 100, Hidden = 64;
    private const float Won = 1, Rate = 1e-3f, Momentum = 0.5f, Last = 0.02f;

    /// <summary>The weight of passing for clean beside the victim's loss.</summary>
    public float Realism { get; init; } = 0.01f;

    /// <summary>Learns an attack.</summary>
    /// <param name="model">The victim.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="inputs">What to learn from.</param>
    /// <param name="threat">How far moves go: in one L∞ ball, or in L2 balls of rows, of the victim's inputs.</param>
    /// <param name="rng">Drives the start, the batches and the game.</param>
    /// <param name="cancel">Stops it.</param>
    public LearnedMoves Of(IClassifier model, Point at, LabeledInputs inputs, Threat threat, Rng rng, CancellationToken cancel = default)
    {
        var moves = new MoveGenerator(inputs.Input, [Hidden]);
        var gan = new AdvGan(moves, new MlpCritic(inputs.Input, [Hidden]), threat) { Realism = Realism };
        var game = gan.On<InputBatch>(
            (batch, _) => point => model.Logits(point).Margin(batch.Labels).Clamp(float.MinValue, Won), batch => at.With(model.Inputs, batch.Inputs));
        var (source, rule) = (new InputSource(inputs, Batch, rng.Fork("batches")), new Adam(Rate, Momentum));
        var options = new GameOptions(Epochs)
        {
            CriticSteps = 1, Critic = rule, Generator = rule, Schedule = Schedules.Cosine(Epochs * source.StepsPerEpoch, Last), Ahead = Team.Threads > 1,
        };
        return new(moves, new GameTrainer<InputBatch>(source, game, options).Run(
            gan.Critic.Start(rng.Fork("critic")), moves.Start(rng.Fork("moves")), rng.Fork("game"), cancel: cancel).Generator);
    }
}
