namespace Bulwark.Data;

/// <summary>
/// String ids and dense indices, numbered in the order of first appearance. Ids are opaque: compared byte for byte, never parsed or trimmed.
/// </summary>
/// <remarks>Reading from several threads is safe once the vocabulary is frozen, which <see cref="Interactions"/> does to the ones it is given.</remarks>
public sealed class Vocabulary
{
    private readonly List<string> _ids;
    private readonly Dictionary<string, int> _indices;
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    /// <summary>An empty vocabulary.</summary>
    public Vocabulary() : this([], new(StringComparer.Ordinal)) { }

    /// <summary>A vocabulary of these ids in this order; a repeated id keeps its first index.</summary>
    public Vocabulary(IEnumerable<string> ids) : this()
    {
        foreach (var id in ids) GetOrAdd(id);
    }

    private Vocabulary(List<string> ids, Dictionary<string, int> indices)
    {
        (_ids, _indices) = (ids, indices);
        _lookup = indices.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>How many ids there are; indices are below it.</summary>
    public int Count => _ids.Count;

    /// <summary>Whether the set of ids is final.</summary>
    public bool IsFrozen { get; private set; }

    /// <summary>The id with this index.</summary>
    public string this[int index] => _ids[index];

    /// <summary>The ids in index order.</summary>
    public IReadOnlyList<string> Ids => _ids;

    /// <summary>The index of an id, if it is known.</summary>
    public bool TryGet(string id, out int index) => _indices.TryGetValue(id, out index);

    /// <summary>The index of an id, if it is known.</summary>
    public bool TryGet(ReadOnlySpan<char> id, out int index) => _lookup.TryGetValue(id, out index);

    /// <summary>The index of an id, which is added at the end if it is new.</summary>
    /// <exception cref="InvalidOperationException">The id is new and the vocabulary is frozen.</exception>
    public int GetOrAdd(string id) => _indices.TryGetValue(id, out var index) ? index : Add(id);

    /// <inheritdoc cref="GetOrAdd(string)"/>
    public int GetOrAdd(ReadOnlySpan<char> id) => _lookup.TryGetValue(id, out var index) ? index : Add(id.ToString());

    /// <summary>The same ids with the same indices, open for more.</summary>
    public Vocabulary Copy() => new([.. _ids], new(_indices, StringComparer.Ordinal));

    /// <summary>Makes the set of ids final.</summary>
    public void Freeze() => IsFrozen = true;

    private int Add(string id)
    {
        if (IsFrozen) throw new InvalidOperationException($"This vocabulary is in use and cannot take the new id '{id}'; add to a Copy() of it.");
        _indices.Add(id, _ids.Count);
        _ids.Add(id);
        return _ids.Count - 1;
    }
}
