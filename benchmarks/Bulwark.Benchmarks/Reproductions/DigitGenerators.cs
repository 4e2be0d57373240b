using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>The generators of <see cref="MnistGanReproduction"/>, each given the label of the digit that it is to make.</summary>
internal sealed class DigitGenerators
{
    private const int Latent = 64, Hidden = 96, Classes = 10, Batch = 64, Samples = 5_000, Chunk = 500;

    private readonly LabeledInputs _train;
    private readonly ulong _seed;
    private readonly Arguments _options;
    private readonly Rng _rng;
    private readonly ConvolutionalGenerator _generator;
    private readonly ConvolutionalCritic _critic;
    private readonly VaeGan _model;
    private readonly Func<InputBatch, Examples> _examples = Examples.Labeled(Classes);

    public DigitGenerators(LabeledInputs train, ulong seed, Arguments options)
    {
        (_train, _seed, _options, _rng) = (train, seed, options, new Rng(seed));
        _generator = new(Latent, train.Input, [48, 16], Classes);
        _critic = new(train.Input, [16, 48], Hidden, Classes);
        _model = new(
            new ConvolutionalEncoder(train.Input, [16, 48], Hidden, Latent), _generator, _critic, AdversarialLoss.NonSaturating)
        {
            Adversarial = options.Float("adversarial", 10),
        };
    }

    /// <summary>Digits of the model of this name, ten classes in turn, and its game by epoch; none for the autoencoder alone.</summary>
    public (Tensor Digits, IReadOnlyList<GameEpoch> Curve) Play(string name)
    {
        var (at, curve) = name == "vae" ? (Alone(), []) : Game(name);
        return (Tensor.Concat(0, [.. Enumerable.Range(0, Samples / Chunk).Select(i => Make(at, _rng.Fork("samples").Fork(i)))]), curve);
    }

    private (Point Generator, IReadOnlyList<GameEpoch> Curve) Game(string name)
    {
        var rule = new Adam(_options.Float("rate", 5e-4f), 0.5f);
        var settings = new GameOptions(_options.Int("epochs", 10))
        {
            CriticSteps = 1, Critic = rule, Generator = rule, Averaging = 0.999f,
            Checkpoint = _options.Text("games") is { } folder ? Path.Combine(folder, $"mnist-{name}-{_seed}.safetensors") : null, Resume = true,
            Ahead = Team.Threads > 1,
        };
        var (game, first) = name == "conv"
            ? (Convolutional(settings).On(_examples), _generator.Start(_rng.Fork("generator")))
            : (_model.On(_examples), _model.Start(_rng.Fork("generator")));
        var real = MnistGanReproduction.Inputs(_train, 0, Chunk);
        var result = new GameTrainer<InputBatch>(new InputSource(_train, Batch, _rng.Fork("batches")), game, settings).Run(
            _critic.Start(_rng.Fork("critic")), first, _rng.Fork("game"), (at, rng) => SampleQuality.Of(real, Make(at, rng)), new EpochLines());
        return (result.Generator, result.Curve);
    }

    /// <summary>Instance noise that fades over half of the game: without it a critic that wins the first steps leaves the generator no slope for good.</summary>
    private Gan Convolutional(GameOptions settings)
    {
        var (deviation, steps) = (_options.Float("noise", 0.3f), settings.Epochs * (_train.Count / Batch) / 2f);
        return new(_generator, _critic, AdversarialLoss.NonSaturating) { Noise = step => deviation * Math.Max(0, 1 - step / steps) };
    }

    private Point Alone()
    {
        var training = new TrainingOptions { Rule = new Adam(1e-3f), Ahead = Team.Threads > 1 };
        var stage = new Stage<InputBatch>("vae", _options.Int("epochs", 10), _model.Alone(_examples, 0.3f));
        return new Trainer<InputBatch>(new InputSource(_train, Batch, _rng.Fork("batches")), [stage], training)
            .Run(_model.Start(_rng.Fork("generator")), _rng.Fork("game"), null, new EpochLines()).At;
    }

    private Tensor Make(Point at, Rng rng)
    {
        using var scope = Scope.Open();
        return _generator.Generate(at, Chunk, Examples.OneHot(new Ids([.. Enumerable.Range(0, Chunk).Select(i => i % Classes)]), Classes), rng).Keep();
    }
}
