using System.Numerics;

namespace Bulwark.Tensors;

/// <summary>
/// The distinct rows of one or several <see cref="Ids"/>, in order of first appearance, and for each of them where it occurs
/// (compressed): what a row-sparse tensor is indexed by.
/// </summary>
internal sealed unsafe class RowSet
{
    public const int PositionBits = 27;
    public const int PositionMask = (1 << PositionBits) - 1;
    public const int MaxLists = 1 << 31 - PositionBits;

    private readonly Ids[] _lists;
    private readonly int[] _versions;
    private readonly int[][] _slots;                         // for each list: id position -> slot
    private int[] _rows = [], _start = [], _occurrences = [];
    private int _builtVersion = -1;

    private RowSet(Ids[] lists)
    {
        _lists = lists;
        _versions = new int[lists.Length];
        _slots = new int[lists.Length][];
        Array.Fill(_slots, []);
    }

    /// <summary>How many distinct rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Grows with each rebuild: tensors indexed by older contents are stale.</summary>
    public int Version { get; private set; }

    public int ListCount => _lists.Length;

    /// <summary>The distinct rows; length Count.</summary>
    public int* Rows => Pointer(_rows);

    /// <summary>Where row s's occurrences begin; length Count + 1.</summary>
    public int* Start => Pointer(_start);

    /// <summary>list &lt;&lt; <see cref="PositionBits"/> | position, grouped by row, in list and position order.</summary>
    public int* Occurrences => Pointer(_occurrences);

    public ReadOnlySpan<int> RowSpan => _rows.AsSpan(0, Count);

    /// <summary>The grouping of these lists, made now or found; repeated lists count once.</summary>
    public static RowSet Of(ReadOnlySpan<Ids> lists)
    {
        var distinct = new SmallSet(lists);
        var first = distinct[0];
        foreach (var known in first.Groupings)
            if (distinct.SameAs(known._lists)) return known.Refresh();
        if (distinct.Count > MaxLists) throw new InvalidOperationException($"One table was read through {distinct.Count} id lists; the most is {MaxLists}.");
        var made = new RowSet(distinct.ToArray());
        if (first.Groupings.Count == MaxLists) first.Groupings.Clear();   // a lasting list met by ever new ones: forget, do not grow
        first.Groupings.Add(made);
        return made.Refresh();
    }

    /// <summary>A grouping that no list shares: each row once.</summary>
    public static RowSet Of(ReadOnlySpan<int> rows) => new RowSet([new Ids(rows)]).Refresh();

    /// <summary>Which list of this set <paramref name="ids"/> is; −1 if it is none, or has been refilled since.</summary>
    public int IndexOf(Ids ids)
    {
        var at = Array.IndexOf(_lists, ids);
        return at >= 0 && _versions[at] == ids.Version ? at : -1;
    }

    /// <summary>For each position of a list, the slot of its row.</summary>
    public int* Slots(int list) => Pointer(_slots[list]);

    /// <summary>A copy that later refills cannot change.</summary>
    public RowSet Copy() => Of(RowSpan);

    public RowSet Refresh()
    {
        var stale = _builtVersion < 0;
        for (var l = 0; l < _lists.Length; l++) stale |= _versions[l] != _lists[l].Version;
        if (stale) Build();
        return this;
    }

    private void Build()
    {
        var total = 0;
        for (var l = 0; l < _lists.Length; l++)
        {
            _versions[l] = _lists[l].Version;
            total += _lists[l].Count;
            Grow(ref _slots[l], _lists[l].Count);
        }
        Grow(ref _rows, total);
        Grow(ref _start, total + 1);
        Grow(ref _occurrences, total);
        AssignSlots();
        PlaceOccurrences();
        (_builtVersion, Version) = (0, Version + 1);
    }

    /// <summary>One pass over the ids: a row's stamp tells whether it has been met in this build, so nothing is ever cleared.</summary>
    private void AssignSlots()
    {
        Count = 0;
        var stamps = Stamps.OfThread;
        stamps.Begin();
        for (var l = 0; l < _lists.Length; l++)
        {
            var ids = _lists[l].Rows;
            var slots = _slots[l];
            for (var b = 0; b < ids.Length; b++)
            {
                ref var entry = ref stamps[ids[b]];
                if (entry >> 32 != stamps.Epoch)
                {
                    entry = stamps.Epoch << 32 | (uint)Count;
                    _rows[Count] = ids[b];
                    _start[Count++] = 0;
                }
                var slot = (int)entry;
                slots[b] = slot;
                _start[slot]++;
            }
        }
    }

    private void PlaceOccurrences()
    {
        var sum = 0;
        for (var s = 0; s < Count; s++) sum += _start[s];
        _start[Count] = sum;
        for (var s = Count - 1; s >= 0; s--) _start[s] = sum -= _start[s];
        for (var l = 0; l < _lists.Length; l++)
        {
            var slots = _slots[l];
            for (var b = 0; b < _lists[l].Count; b++) _occurrences[_start[slots[b]]++] = l << PositionBits | b;
        }
        for (var s = Count - 1; s > 0; s--) _start[s] = _start[s - 1];
        if (Count > 0) _start[0] = 0;
    }

    private static void Grow(ref int[] array, int count)
    {
        if (array.Length < count) array = GC.AllocateUninitializedArray<int>((int)BitOperations.RoundUpToPowerOf2((uint)count), pinned: true);
    }

    private static int* Pointer(int[] pinned) =>
        (int*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(pinned));

    private sealed class Stamps
    {
        [ThreadStatic] private static Stamps? _ofThread;
        private long[] _entries = new long[1024];

        public static Stamps OfThread => _ofThread ??= new Stamps();

        public long Epoch { get; private set; }

        public void Begin()
        {
            if (++Epoch < int.MaxValue) return;
            Array.Clear(_entries);
            Epoch = 1;
        }

        public ref long this[int row]
        {
            get
            {
                if (row >= _entries.Length) Array.Resize(ref _entries, (int)BitOperations.RoundUpToPowerOf2((uint)row + 1));
                return ref _entries[row];
            }
        }
    }

    /// <summary>A handful of lists, distinct, in canonical order, on the stack.</summary>
    private ref struct SmallSet
    {
        private Buffer _items;

        public SmallSet(ReadOnlySpan<Ids> lists)
        {
            foreach (var list in lists) Insert(list);
        }

        public int Count { get; private set; }

        public Ids this[int index] => _items[index];

        public bool SameAs(Ids[] lists)
        {
            if (lists.Length != Count) return false;
            for (var i = 0; i < Count; i++) if (_items[i] != lists[i]) return false;
            return true;
        }

        public Ids[] ToArray() => _items[..Count].ToArray();

        private void Insert(Ids list)
        {
            var at = 0;
            while (at < Count && _items[at].Order < list.Order) at++;
            if (at < Count && _items[at] == list) return;
            if (Count == MaxLists) throw new InvalidOperationException($"One table was read through more than {MaxLists} id lists.");
            for (var i = Count++; i > at; i--) _items[i] = _items[i - 1];
            _items[at] = list;
        }

        [System.Runtime.CompilerServices.InlineArray(MaxLists)]
        private struct Buffer
        {
            private Ids _first;
        }
    }
}
