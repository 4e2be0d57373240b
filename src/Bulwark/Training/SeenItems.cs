using Bulwark.Data;

namespace Bulwark.Training;

/// <summary>Whether a user has touched an item, answered in a few nanoseconds: a bitset, or for large catalogues the sorted histories.</summary>
internal sealed class SeenItems
{
    private const long LargestBitset = 64L << 23;            // bits: 64 MB
    private readonly Histories _histories;
    private readonly ulong[]? _bits;
    private readonly int _words;

    public SeenItems(Interactions train)
    {
        _histories = train.ByUser;
        _words = (train.ItemCount + 63) / 64;
        if ((long)_words * 64 * train.UserCount > LargestBitset) return;
        _bits = new ulong[(long)_words * train.UserCount];
        var items = train.Item;
        for (var row = 0; row < train.Count; row++) _bits[(long)train.User[row] * _words + (items[row] >> 6)] |= 1UL << (items[row] & 63);
    }

    public bool Contains(int user, int item) =>
        _bits is null ? _histories.Contains(user, item) : (_bits[(long)user * _words + (item >> 6)] >> (item & 63) & 1) != 0;
}
