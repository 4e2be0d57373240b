namespace Bulwark.Attacks.Histories;

/// <summary>One change of a history.</summary>
/// <param name="Kind">One of the kinds.</param>
/// <param name="Place">What is deleted or replaced, or before what is inserted; the history's length to insert behind all.</param>
/// <param name="Item">What comes in; not read by a deletion.</param>
public readonly record struct Edit(EditKinds Kind, int Place, int Item = -1)
{
    /// <summary>The changed history.</summary>
    public int[] Of(ReadOnlySpan<int> history) => Kind switch
    {
        EditKinds.Insert => [.. history[..Place], Item, .. history[Place..]],
        EditKinds.Delete => [.. history[..Place], .. history[(Place + 1)..]],
        EditKinds.Replace => [.. history[..Place], Item, .. history[(Place + 1)..]],
        _ => throw new InvalidOperationException($"An edit is of one kind, not of {Kind}."),
    };
}
