using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>What an ensemble's weights are found on.</summary>
/// <param name="Members">Trained without what is held out.</param>
/// <param name="Bench">Brings what is held out.</param>
/// <param name="Scale">How members' scores become alike.</param>
/// <param name="Rng">The source of chance.</param>
/// <param name="Cancel">Stops it.</param>
internal sealed record Weighing(IReadOnlyList<IRecommender> Members, Bench Bench, ScoreScale Scale, Rng Rng, CancellationToken Cancel);

/// <summary>
/// How a model is made of others. If they are weighed, they are trained twice: without the validation part, to find the weights there, and with it.
/// </summary>
/// <param name="Settings">What decides it.</param>
/// <param name="Samples">What each kind of member learns from: all of the training part once, or samples of it.</param>
/// <param name="Weigh">Finds the weights; null where there are none.</param>
/// <param name="Join">The members and the weights as one recommender.</param>
internal sealed record Ensemble(
    Setting[] Settings, Func<Resolved, Interactions, Rng, IEnumerable<Interactions>> Samples, Func<Weighing, float[]>? Weigh,
    Func<IReadOnlyList<SavedModel>, float[], ScoreScale, Interactions, IRecommender> Join)
{
    private static readonly Variable Weights = new("weights");

    /// <summary>Trains the members, each with a checkpoint of its own beside this one, and finds their weights.</summary>
    public SavedModel Train(ModelKind kind, Resolved settings, Bench bench, string checkpoint, Status status, CancellationToken cancel)
    {
        var rng = new Rng(settings.Get(Known.Seed1));
        var weights = Weigh?.Invoke(new(
            [.. Members(bench.Train, "weighed").Select(member => member.Recommender)], bench, settings.Get(Known.Scale), rng.Fork("weights"), cancel));
        var at = weights is null ? null : new Point((Weights, Tensor.Of(weights.Length, weights)));
        return Made(kind, settings, [.. Members(bench.Split.Train, "whole")], at, bench.Split.Train);

        IEnumerable<SavedModel> Members(Interactions train, string part) =>
            from member in settings.Get(Known.Members).Index()
            from sample in Samples(settings, train, rng.Fork("samples")).Index()
            let seed = rng.Fork(member.Item.Name).Fork(sample.Index).State.Key
            let saved = $"{checkpoint}-{part}-{member.Index}-{sample.Index}.safetensors"
            select Member(member.Item, settings.Of(member.Item), sample.Item, bench.Data.Facts, seed, saved, status, cancel);
    }

    /// <summary>The ensemble of trained members.</summary>
    public SavedModel Made(ModelKind kind, Resolved settings, IReadOnlyList<SavedModel> members, Point? at, Interactions train) =>
        new(kind, kind.Name, null, at, train, 0)
        {
            Members = members,
            Remembering = Join(members, at is null ? [] : at[Weights].Values.ToArray(), settings.Get(Known.Scale), train),
        };

    /// <summary>The members' weights of a trained ensemble that has some.</summary>
    public static float[] WeightsOf(Point at) => at[Weights].Values.ToArray();

    /// <summary>The weights as they were saved.</summary>
    public static Point At(IReadOnlyList<(string Name, Tensor Value)> entries) => new((Weights, entries.Single().Value));

    private static SavedModel Member(
        ModelKind kind, Resolved settings, Interactions train, Facts facts, ulong seed, string checkpoint, Status status, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        if (!Fits(kind))
            throw new UsageException($"{kind} cannot be a member of an ensemble; choose among {ModelKinds.Named(Fits)}.");
        var making = new Making(settings, train, 0) { Facts = facts, Encoding = status.Of("text encoder") };
        if (kind.Learning is not { } learning)
            return new(kind, kind.Name, null, null, train, 0) { Remembering = kind.Remembers?.Invoke(making, cancel), Facts = facts };
        var model = learning.Create(making);
        var options = TrainingJob.OptionsOf(settings, checkpoint) with { Patience = 0, ValidateEvery = 0 };
        var result = learning.Train(model, making, new(options, seed, null, status.Of(kind.Name), cancel));
        return new(kind, kind.Name, model, result.At, train, 0) { Facts = facts };

        static bool Fits(ModelKind other) => other is { Ensemble: null, PredictsRatings: false, Classifies: null };
    }
}
