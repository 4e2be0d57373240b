using Bulwark.Cli.Models;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>A trained classifier on disk.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What reports call it.</param>
/// <param name="Image">The shape of what it classifies.</param>
/// <param name="Classes">How many there are.</param>
/// <param name="Model">The formula.</param>
/// <param name="At">Its values.</param>
internal sealed record SavedClassifier(ModelKind Kind, string Name, Shape Image, int Classes, IClassifier Model, Point At)
{
    private const int Version = 1;

    /// <summary>What model.json holds.</summary>
    private sealed record Card(int Version, string Kind, string Name, int[] Image, int Classes, string Sha256);

    /// <summary>Writes weights and card into a folder.</summary>
    public void Save(string folder)
    {
        int[] image = [Image[0], Image[1], Image[2]];
        ModelFiles.WriteCard(folder, new Card(Version, Kind.Name, Name, image, Classes, ModelFiles.WriteWeights(folder, At, Name)));
    }

    /// <summary>Reads weights and card of a run's model folder.</summary>
    /// <exception cref="InvalidDataException">One of them is missing, cut, or altered; the message names it.</exception>
    public static SavedClassifier Load(string folder)
    {
        var card = ModelFiles.ReadCard<Card>(
            folder, card => card is { Version: Version, Classes: > 1, Image: [> 0, > 0, > 0] }, kind => _ = kind.OfImages);
        var (kind, image) = (ModelKinds.Parse(card.Kind), new Shape(card.Image));
        var model = kind.OfImages(image, card.Classes);
        return new(kind, card.Name, image, card.Classes, model, ModelFiles.ReadPoint(folder, card.Sha256, model.Start(new Rng(0))));
    }
}
