using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>
/// Events replayed by a generator in place of a memory (deep generative replay: Shin et al. 2017). WGAN-GP on the rows of the items that were touched, given
/// the row of who touched them, goes on from window to window; a generated row stands for the item nearest to it.
/// </summary>
public sealed class GenerativeReplay
{
    private readonly ReplayOptions _options;
    private readonly MlpGenerator _generator;
    private readonly Game<Examples> _game;
    private readonly GameRun _run;
    private readonly Rng _chance;

    /// <summary>A GAN that has seen nothing.</summary>
    public GenerativeReplay(ReplayOptions options, int dimension, Rng rng)
    {
        (_options, _chance) = (options, rng.Fork("steps"));
        _generator = new(options.Latent, [options.Width], dimension, dimension);
        var critic = new MlpCritic(dimension, [options.Width], dimension);
        _game = new Gan(_generator, critic, AdversarialLoss.Wasserstein, 1).On<Examples>(examples => examples);
        var rule = new Adam(1e-3f, 0, 0.9f);
        _run = new(
            new TrainingRun(1, int.MaxValue, "replay"), critic.Start(rng.Fork("critic")), _generator.Start(rng.Fork("generator")),
            new(1) { CriticSteps = 2, Critic = rule, Generator = rule });
    }

    /// <summary>Critic steps taken.</summary>
    public long Steps => _run.Steps.Step;

    /// <summary>A fixed number of steps, whatever there is to learn from.</summary>
    /// <param name="model">The factorization.</param>
    /// <param name="at">Where it stands.</param>
    /// <param name="draw">A real event.</param>
    /// <param name="steps">How many.</param>
    public void Learn(MatrixFactorization model, Point at, Func<Rng, StreamEvent> draw, int steps)
    {
        var (users, items) = (new int[_options.Batch], new int[_options.Batch]);
        for (var step = 0; step < steps; step++)
        {
            using var scope = Scope.Open();
            var rng = _chance.Fork(Steps);
            for (var b = 0; b < users.Length; b++) (users[b], items[b]) = draw(rng);
            _run.Play(_game, new Examples(at[model.Items].Rows(new(items)), at[model.Users].Rows(new(users)), Steps), users.Length, rng);
        }
    }

    /// <summary>For each user an item that the generator has them touch: argmin ‖q_i − G(z | p_u)‖.</summary>
    public int[] Generate(MatrixFactorization model, Point at, int[] users, Rng rng)
    {
        using var scope = Scope.Open();
        var (rows, table) = (_generator.Generate(_run.Result, users.Length, at[model.Users].Rows(new(users)), rng), at[model.Items]);
        var nearness = (rows.MatMul(table, transposeY: true) - table.Dot(table) * 0.5f).Values;      // (users, items): −½ ‖q − g‖² up to ‖g‖²
        var nearest = new int[users.Length];
        for (var b = 0; b < nearest.Length; b++)
        {
            var scores = nearness.Slice(b * table.Shape[0], table.Shape[0]);
            for (var item = 1; item < scores.Length; item++) if (scores[item] > scores[nearest[b]]) nearest[b] = item;
        }
        return nearest;
    }
}
