using Bulwark.Data;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Neural;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>Settings of a <see cref="RatingGan"/>.</summary>
/// <param name="Epochs">Passes over the users with the critic.</param>
/// <param name="Before">Passes before, of the autoencoder alone.</param>
public sealed record RatingGanOptions(int Epochs = 5, int Before = 40)
{
    /// <summary>Users in a batch.</summary>
    public int Batch { get; init; } = 128;

    /// <summary>Width of z.</summary>
    public int Latent { get; init; } = 8;

    /// <summary>Width of the hidden layers.</summary>
    public int Hidden { get; init; } = 128;

    /// <summary>The share of a profile's items that is hidden from the net in training: whole profiles tell people apart, and would be learned by heart.</summary>
    public float Unseen { get; init; } = 0.9f;

    /// <summary>Weight of passing for real beside the autoencoder's loss.</summary>
    public float Adversarial { get; init; } = 0.1f;

    /// <summary>The rate of the autoencoder alone; that of both players is half of it.</summary>
    public float Rate { get; init; } = 2e-3f;
}

/// <summary>
/// A generator of what users say of the items in their profiles, given the profiles: a conditional variational autoencoder of ratings on their scale that must
/// also pass for real with codes it draws itself (WGAN-GP). The critic sees the ratings and what is rated.
/// </summary>
public sealed class RatingGan
{
    private const float Penalty = 10;
    private readonly Ratings _train;
    private readonly RatingGanOptions _options;
    private readonly RatingGenerator _generator;
    private readonly MlpCritic _critic;
    private readonly Dense _hidden = new("encoder.hidden"), _mean = new("encoder.mean"), _logVariance = new("encoder.log-variance");

    /// <summary>For these ratings.</summary>
    public RatingGan(Ratings train, RatingGanOptions options)
    {
        (_train, _options) = (train, options);
        var items = train.Rows.ItemCount;
        var levels = 1 + (int)MathF.Round((train.Scale.High - train.Scale.Low) / train.Scale.Step);
        _generator = new([.. Enumerable.Range(0, items).Select(item => Steps((float)train.MeanOf(item)))], levels, options.Latent, options.Hidden);
        _critic = new(items, [options.Hidden, options.Hidden / 2], items);
    }

    /// <summary>Each user's ratings in steps from the middle, given what they rated.</summary>
    public Examples Examples(BagBatch batch)
    {
        var (items, rows) = (_generator.ItemCount, _train.Rows);
        var values = new float[batch.Count * items];
        for (var b = 0; b < batch.Count; b++)
            foreach (var row in rows.ByUser.Rows(batch.Users.Rows[b])) values[b * items + rows.Item[row]] = Steps(rows.Value[row]);
        return new(Tensor.Of((batch.Count, items), values), batch.Wanted.Tensor.Reshape((batch.Count, items)), batch.Step);
    }

    /// <summary>The game.</summary>
    public Game<TBatch> On<TBatch>(Func<TBatch, Examples> examples)
    {
        var play = new Gan(_generator, _critic, AdversarialLoss.Wasserstein, Penalty).On(examples);
        return new(play.Critic, Goals.Sum((Alone(examples), 1), (play.Generator, _options.Adversarial)));
    }

    /// <summary>The autoencoder alone: E (−Σ ln P(x) + KL(N(μ, σ²) ‖ N(0, 1))) / n, μ and ln σ² linear in tanh(W [x ; m′ / √n] + b), m′ the part of the profile m
    /// that the nets see.</summary>
    public Objective<TBatch> Alone<TBatch>(Func<TBatch, Examples> examples) => (batch, rng) => at =>
    {
        var (x, given) = (examples(batch).Real, examples(batch).Given!);
        var seen = given.Dropout(_options.Unseen, rng?.Fork("seen"));
        var shares = 1 / given.Sum(1).Maximum(Tensor.Scalar(1));                                 // (batch): 1 / n
        var h = _hidden.Of(at, x.ScaleRows(shares.Sqrt()).Beside(seen.UnitRows())).Tanh();
        var (mean, logVariance) = (_mean.Of(at, h), _logVariance.Of(at, h));
        var (y, logSpread) = _generator.Of(at, GaussianCode.Draw(mean, logVariance, rng), seen);
        var unlikely = _generator.Unlikelihood(x, y, logSpread, given);
        var divergence = (mean * mean + logVariance.Exp() - logVariance - 1).Sum(1) * 0.5f;
        return (unlikely + divergence).Dot(shares) * (1f / x.Shape[0]);
    };

    /// <summary>Trains the autoencoder, then plays the game. Equal arguments give equal bits.</summary>
    /// <param name="rng">Chance.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (RatingSampler Sampler, GameResult Result) Train(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var result = Game(rng).Play(_critic.Start(rng.Fork("critic")), Start(rng), rng, null, progress, cancel);
        return (Sampler(result.Generator), result);
    }

    /// <summary>The ablation: the autoencoder alone, for as many steps as it and the generator would make in all.</summary>
    /// <inheritdoc cref="Train"/>
    public RatingSampler TrainAlone(Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default) =>
        Sampler(Game(rng).PlayAlone(Start(rng), rng, progress, cancel));

    private Point Start(Rng rng)
    {
        var at = _hidden.Start(_generator.Start(rng.Fork("generator")), 2 * _generator.ItemCount, _options.Hidden, rng.Fork("encoder"));
        return _logVariance.Start(
            _mean.Start(at, _options.Hidden, _options.Latent, rng.Fork("encoder")), _options.Hidden, _options.Latent, rng.Fork("encoder"));
    }

    private WarmGame<BagBatch> Game(Rng rng)
    {
        var source = new BagSource(_train.Rows, Math.Min(_options.Batch, _train.Rows.UserCount), rng.Fork("batches"));
        return new("autoencoder", source, Alone<BagBatch>(Examples), On<BagBatch>(Examples), _options.Before, _options.Epochs, _options.Rate);
    }

    private RatingSampler Sampler(Point at) => new((profiles, rng) =>
        (_generator.Generate(at, profiles.Shape[0], profiles, rng) + _generator.Top) * _train.Scale.Step + _train.Scale.Low);

    private float Steps(float rating) => (rating - (_train.Scale.Low + _train.Scale.High) / 2) / _train.Scale.Step;
}
