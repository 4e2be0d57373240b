using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Interactions with all that came with them.</summary>
/// <param name="Name">Short name, for reports and run folders.</param>
/// <param name="Interactions">All rows, or the training part where <paramref name="Test"/> is given.</param>
/// <param name="Items">What is known about items, in its own order: see <see cref="AttributeTable.Align"/>.</param>
/// <param name="Users">What is known about users, in its own order.</param>
/// <param name="Test">The test part, where the files bring one; its vocabularies are those of <paramref name="Interactions"/>.</param>
/// <param name="Negatives">Items to rank each user's test item against, where the files bring them.</param>
/// <param name="Format">The format in words, for reports.</param>
/// <param name="Report">What became of the lines.</param>
public sealed record Dataset(
    string Name, Interactions Interactions, AttributeTable? Items, AttributeTable? Users, Interactions? Test, Negatives? Negatives, string Format,
    ReadReport Report)
{
    /// <summary>Pictures of the items, a row each in the order of <see cref="Items"/>: (rows, height, width, channels), from 0 to 1; null where there are none.</summary>
    public Tensor? Pictures { get; init; }
}
