using System.Runtime.InteropServices;
using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>Indices of ids given as UTF-8. Ids of up to seven bytes, which most are, are looked up as one number instead of as text.</summary>
internal sealed class Interner(Vocabulary vocabulary)
{
    private readonly Dictionary<ulong, int> _short = [];

    /// <summary>The ids so far.</summary>
    public Vocabulary Vocabulary => vocabulary;

    /// <summary>The index of an id, added if new.</summary>
    public int GetOrAdd(ReadOnlySpan<byte> id)
    {
        if (id.Length > 7) return GetOrAddText(id);
        var key = (ulong)id.Length;                                     // the length keeps ids that end in zeros apart
        foreach (var b in id) key = key << 8 | b;
        ref var index = ref CollectionsMarshal.GetValueRefOrAddDefault(_short, key, out var known);
        if (!known) index = GetOrAddText(id);
        return index;
    }

    /// <summary>The index of an id, if it is known.</summary>
    public bool TryGet(ReadOnlySpan<byte> id, out int index) => vocabulary.TryGet(Encoding.UTF8.GetString(id), out index);

    private int GetOrAddText(ReadOnlySpan<byte> id)
    {
        if (id.Length > 128) return vocabulary.GetOrAdd(Encoding.UTF8.GetString(id));
        Span<char> text = stackalloc char[128];
        return vocabulary.GetOrAdd(text[..Encoding.UTF8.GetChars(id, text)]);
    }
}
