using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>The settings of a run as a way of training, to be used again on other data.</summary>
internal static class Retraining
{
    /// <summary>Trains the settings' model on what it is given.</summary>
    public static Victim Of(Resolved settings, Bench bench, Status status, CancellationToken cancel) =>
        new(settings.Get(Known.Model).Name, (data, seed) => Train(data, seed, settings, bench, status, cancel));

    private static IRecommender Train(Interactions data, ulong seed, Resolved settings, Bench bench, Status status, CancellationToken cancel)
    {
        var kind = settings.Get(Known.Model);
        var making = Making.Of(settings, data, kind) with { Facts = bench.Data.Facts };
        var popularity = new Popularity(data.UserCount, data.ItemCounts());
        if (kind.Learning is not { } learning) return kind.Remembers?.Invoke(making, cancel) ?? popularity;
        var model = learning.Create(making);
        Func<Point, double>? validate = bench.HasValidation ? at => bench.Validate(model, at) : null;
        var result = learning.Train(model, making, new(TrainingJob.OptionsOf(settings, null, kind.PredictsRatings), seed, validate, status.Of(kind.Name), cancel));
        return new PointRecommender(model, result.At, popularity);
    }
}
