using Bulwark.Attacks.Histories;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Models.Neighbors;
using Bulwark.Tensors;
using Bulwark.Tests.Models;

namespace Bulwark.Tests.Attacks.Histories;

/// <summary>Victims small enough to try every edit, at random weights of some size: an attack asks for a function, not for a good one.</summary>
internal static class HistoryWorld
{
    public const int Items = 12;

    /// <summary>Formulas of histories by name.</summary>
    public static IReadOnlyList<(string Name, IHistoryModel Model, Point At)> Formulas { get; } = [.. Made()];

    /// <summary>All victims: those formulas, and one that shows its scores alone.</summary>
    public static IReadOnlyList<(string Name, HistoryVictim Victim)> Victims { get; } =
    [
        .. Formulas.Select(formula => (formula.Name, HistoryVictim.Of(formula.Model, formula.At))),
        ("ItemKNN", HistoryVictim.Of(ItemKnn.Fit(World.Random(40, Items, 200), new(Items, 1)))),
    ];

    public static HistoryVictim Named(string name) => Victims.Single(victim => victim.Name == name).Victim;

    /// <summary>Item 0 should leave the list of three, or come into it, for someone who touched 3, 7, 1 and 5.</summary>
    public static HistoryProblem Problem(HistoryVictim victim, int edits, EditKinds kinds = EditKinds.All, bool push = false) =>
        new(victim, push ? HistoryGoal.Push(0, 3) : HistoryGoal.Spoil(0, 3), new(edits, kinds), [3, 7, 1, 5]);

    private static IEnumerable<(string, IHistoryModel, Point)> Made()
    {
        var train = World.Random(40, Items, 200);
        foreach (var made in SequenceCase.All.DistinctBy(made => made.Name.Split(',')[0]))
        {
            IHistoryModel model = new SequenceModel(made.Make(train.UserCount, Items, 6), train.ByUser);
            yield return (made.Name.Split(',')[0], model, Larger(model));
        }
        foreach (var (name, autoencoder) in ((string, IAutoencoder)[])[("Mult-DAE", new MultDae(Items, new(8, 16))), ("Mult-VAE", new MultVae(Items, new(8, 16)))])
        {
            IHistoryModel model = new BagModel(autoencoder, train.ByUser);
            yield return (name, model, Larger(model));
        }
    }

    /// <summary>Starting values are so small that histories hardly matter.</summary>
    private static Point Larger(IModel model) => model.Start(new Rng(3)).Map((variable, value) =>
        value.Shape.Rank < 2 ? value : (value + Tensor.Gaussian(value.Shape, 0.4f, new Rng(4).Fork(variable.Name))).Keep());
}
