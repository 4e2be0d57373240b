using Bulwark.Cli.Settings;
using Bulwark.Models.Ensembles;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>Models made of other models.</summary>
internal static class EnsembleKinds
{
    public static readonly ModelKind Blend = new(
        "blend", "A weighted sum of other models' scores, the weights chosen on validation items", "", "what its members need", null)
    {
        Ensemble = new(
            [Known.Members, Known.Scale], (_, train, _) => [train], on => on.Bench.Weigh(on.Members, on.Scale, on.Cancel),
            (members, weights, scale, _) => new Blend(members.Select((member, m) => new Member(member.Recommender, weights[m])), scale)),
    };

    public static readonly ModelKind Stack = new(
        "stack", "A sum of other models' scores and popularity, its weights learned by length of history", "Sill et al. 2009", "what its members need", null)
    {
        Ensemble = new(
            [Known.Members, Known.Scale], (_, train, _) => [train],
            on => [.. Stacking.Fit(on.Members, on.Scale, on.Bench.Train, on.Bench.Held!, new(), on.Rng).Weights],
            (members, weights, scale, train) => new Stack([.. members.Select(member => member.Recommender)], scale, train, weights)),
    };

    public static readonly ModelKind Bagging = new(
        "bagging", "The mean of models trained on samples of the users", "Breiman 1996", "what its members need", null)
    {
        Ensemble = new(
            [.. SettingsOf.Ensemble, Known.Scale],
            (settings, train, rng) => Enumerable.Range(0, settings.Get(Known.Bags)).Select(bag =>
                Bulwark.Models.Ensembles.Bagging.Sample(train, settings.Get(Known.BagShare), rng.Fork(bag))),
            null,
            (members, _, scale, train) => new Bagging([.. members.Select(member => new Bag(member.Recommender, member.Train.ByUser))], train, scale)),
    };

    /// <summary>All of them.</summary>
    public static IReadOnlyList<ModelKind> All { get; } = [Blend, Stack, Bagging];
}
