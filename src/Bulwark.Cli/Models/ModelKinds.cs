using Bulwark.Cli.Settings;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Models.Neural;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>The models that the command can train.</summary>
internal static class ModelKinds
{
    public static readonly ModelKind Popularity = new(
        "popularity", "How often an item occurs: the floor that every model must clear", "", "interactions", null);

    public static readonly ModelKind Bpr = new(
        "bpr", "Matrix factorization for rankings, learned from pairs of items", "Rendle et al. 2009, BPR", "interactions", new(
        (settings, users, items, _) => new MatrixFactorization(users, items, new(settings.Get(Known.Dimension), settings.Get(Known.Biases))),
        job => job.Run(rng => new TripleSource(job.Train, job.Settings.Get(Known.Batch), rng, job.Settings.Get(Known.Negatives)), Objectives.Bpr(job.Model)),
        (model, train, rng) => Hardening.AttackedLoss(train, Objectives.Bpr(model), rng)));

    public static readonly ModelKind Mf = new(
        "mf", "Matrix factorization with biases for ratings", "Koren, Bell and Volinsky 2009", "ratings", new(
        (settings, users, items, mean) => new MatrixFactorization(users, items, new(settings.Get(Known.Dimension), settings.Get(Known.Biases), mean)),
        job => job.Run(rng => new RatingSource(job.Train, job.Settings.Get(Known.Batch), rng), Objectives.SquaredError(job.Model)),
        (model, train, rng) => Hardening.AttackedLoss(train, Objectives.Bpr(model), rng)))
    {
        PredictsRatings = true,
        Defaults = new Dictionary<string, string> { [Known.Biases.Key] = "yes", [Known.Dimension.Key] = "16", [Known.L2.Key] = "0.02" },
    };

    public static readonly ModelKind NeuMf = new(
        "neumf", "Neural matrix factorization: a factorization beside an MLP, learned from clicks", "He et al. 2017, NCF", "interactions", new(
        (settings, users, items, _) => new NeuMf(users, items, new(settings.Get(Known.Dimension), (float)settings.Get(Known.Dropout))),
        job => job.Run(
            rng => new ClickSource(job.Train, job.Settings.Get(Known.Batch), job.Settings.Get(Known.NegativesPerClick), rng), Objectives.LogLoss(job.Model)),
        (model, train, rng) => Hardening.AttackedLoss(train, Objectives.Bpr(model), rng)))
    {
        Defaults = new Dictionary<string, string>
        {
            [Known.Dimension.Key] = "8",
            [Known.Optimizer.Key] = "adam",
            [Known.Rate.Key] = "0.001",
            [Known.Batch.Key] = "1280",
            [Known.Epochs.Key] = "20",
        },
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Popularity, Bpr, Mf, NeuMf];

    public static ModelKind Parse(string text) => Settings.Parse.Word("model", [.. All.Select(kind => (kind.Name, kind))])(text);
}
