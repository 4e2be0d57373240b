using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Bulwark.Data;

/// <summary>Who did what to which item, and when: immutable columns, one row per event. Safe to share between threads.</summary>
public sealed class Interactions
{
    private readonly int[] _user, _item;
    private readonly long[]? _time;
    private readonly EventKind[]? _kind;
    private float[]? _value;
    private Histories? _byUser;
    private string? _hash;

    /// <summary>Takes these columns over: the caller must not write to them again. The vocabularies are frozen.</summary>
    /// <param name="users">Ids behind <paramref name="user"/>.</param>
    /// <param name="items">Ids behind <paramref name="item"/>.</param>
    /// <param name="user">(rows) user indices.</param>
    /// <param name="item">(rows) item indices.</param>
    /// <param name="value">(rows) ratings or weights, finite; null where all are 1.</param>
    /// <param name="time">(rows) seconds since 1970-01-01 UTC; null where unknown.</param>
    /// <param name="kind">(rows) event kinds; null where unknown.</param>
    /// <exception cref="ArgumentException">
    /// Columns differ in length, an index is outside its vocabulary, a value is not finite, or a kind is unknown.
    /// </exception>
    public Interactions(
        Vocabulary users, Vocabulary items, int[] user, int[] item, float[]? value = null, long[]? time = null, EventKind[]? kind = null)
    {
        var rows = user.Length;
        if (item.Length != rows || (value?.Length ?? rows) != rows || (time?.Length ?? rows) != rows || (kind?.Length ?? rows) != rows)
            throw new ArgumentException($"All columns need the same length as the users' column: {rows}.", nameof(item));
        foreach (var u in user)
            if ((uint)u >= (uint)users.Count) throw new ArgumentException($"User index {u} is outside the vocabulary of {users.Count}.", nameof(user));
        foreach (var i in item)
            if ((uint)i >= (uint)items.Count) throw new ArgumentException($"Item index {i} is outside the vocabulary of {items.Count}.", nameof(item));
        foreach (var v in value ?? [])
            if (!float.IsFinite(v)) throw new ArgumentException($"A value is {v}; values must be finite.", nameof(value));
        foreach (var k in kind ?? [])
            if (k > EventKind.Rate) throw new ArgumentException($"There is no event kind {k}.", nameof(kind));
        users.Freeze();
        items.Freeze();
        (Users, Items, _user, _item, _value, _time, _kind, HasValues) = (users, items, user, item, value, time, kind, value is not null);
    }

    /// <summary>User ids. Not every one needs to have rows.</summary>
    public Vocabulary Users { get; }

    /// <summary>Item ids. Not every one needs to have rows.</summary>
    public Vocabulary Items { get; }

    /// <summary>Number of rows.</summary>
    public int Count => _user.Length;

    /// <summary>Size of the user vocabulary; every user index is below it.</summary>
    public int UserCount => Users.Count;

    /// <summary>Size of the item vocabulary; every item index is below it.</summary>
    public int ItemCount => Items.Count;

    /// <summary>Whether the rows came with ratings or weights.</summary>
    public bool HasValues { get; }

    /// <summary>Whether the rows came with times.</summary>
    public bool HasTimes => _time is not null;

    /// <summary>Whether the rows came with event kinds.</summary>
    public bool HasKinds => _kind is not null;

    /// <summary>(rows) user indices.</summary>
    public ReadOnlySpan<int> User => _user;

    /// <summary>(rows) item indices.</summary>
    public ReadOnlySpan<int> Item => _item;

    /// <summary>(rows) ratings or weights; 1 everywhere without <see cref="HasValues"/>.</summary>
    public ReadOnlySpan<float> Value => _value ?? Ones();

    /// <summary>(rows) seconds since 1970-01-01 UTC; empty without <see cref="HasTimes"/>.</summary>
    public ReadOnlySpan<long> Time => _time;

    /// <summary>(rows) event kinds; empty without <see cref="HasKinds"/>.</summary>
    public ReadOnlySpan<EventKind> Kind => _kind;

    /// <summary>Columns of what else is known of each event, such as the device; none where nothing was asked for.</summary>
    public IReadOnlyList<AttributeColumn> Context { get; private init; } = [];

    /// <summary>The same rows with these columns of what else is known of each.</summary>
    /// <exception cref="ArgumentException">A column has not an entry for each row.</exception>
    public Interactions WithContext(IReadOnlyList<AttributeColumn> columns) => columns.FirstOrDefault(column => column.Count != Count) is { } misfit
        ? throw new ArgumentException($"Column '{misfit.Name}' has {misfit.Count} entries for {Count} rows.", nameof(columns))
        : new(Users, Items, _user, _item, HasValues ? _value : null, _time, _kind) { Context = columns };

    /// <summary>The rows of each user in time order; built on first use.</summary>
    public Histories ByUser => _byUser ?? Interlocked.CompareExchange(ref _byUser, new Histories(this), null) ?? _byUser;

    /// <summary>(items) rows of each item: its popularity.</summary>
    public int[] ItemCounts()
    {
        var counts = new int[ItemCount];
        foreach (var item in _item) counts[item]++;
        return counts;
    }

    /// <summary>These rows in this order, with the same vocabularies.</summary>
    public Interactions Select(ReadOnlySpan<int> rows) => new(
        Users, Items, Gather(_user, rows), Gather(_item, rows), HasValues ? Gather(_value!, rows) : null,
        _time is null ? null : Gather(_time, rows), _kind is null ? null : Gather(_kind, rows))
    {
        Context = Of(Context, rows),
    };

    /// <summary>The same rows where more items are known.</summary>
    /// <param name="items">The ids of <see cref="Items"/> with the same indices, and others behind them.</param>
    /// <exception cref="ArgumentException">An id has another index there.</exception>
    public Interactions Knowing(Vocabulary items) => items.Count >= ItemCount && Items.Ids.SequenceEqual(items.Ids.Take(ItemCount))
        ? new(Users, items, _user, _item, HasValues ? _value : null, _time, _kind) { Context = Context }
        : throw new ArgumentException("The items known so far must come first and in their order; start from a Copy() of their vocabulary.", nameof(items));

    /// <summary>The rows of these kinds; all rows where the kinds are unknown.</summary>
    public Interactions OfKind(params ReadOnlySpan<EventKind> kinds)
    {
        if (_kind is null) return this;
        var rows = new List<int>();
        for (var row = 0; row < Count; row++)
            if (kinds.Contains(_kind[row])) rows.Add(row);
        return Select(CollectionsMarshal.AsSpan(rows));
    }

    /// <summary>The rows of some users; the vocabularies stay.</summary>
    public Interactions OfUsers(Predicate<int> taken) => Select([.. Enumerable.Range(0, Count).Where(row => taken(_user[row]))]);

    /// <summary>
    /// One row for each (user, item): its latest, and of equally late ones the last. Recommenders of items learn from this; an event log with
    /// kinds has several rows for a pair.
    /// </summary>
    public Interactions DistinctPairs()
    {
        var keep = Duplicates.LastOfEach(_user, _item, _time, default, UserCount, ItemCount);
        return keep.Length == Count ? this : Select(keep);
    }

    /// <summary>The same rows with vocabularies that hold only what they use, in order of first appearance.</summary>
    public Interactions Compact()
    {
        var users = Renumber(Users, _user, out var user);
        var items = Renumber(Items, _item, out var item);
        return new(users, items, user, item, HasValues ? _value : null, _time, _kind) { Context = Context };
    }

    /// <summary>
    /// SHA-256 over the rows in order: ids, values, times and kinds, in lower-case hexadecimal. It does not depend on how ids are numbered nor on
    /// ids without rows, so a file read back has the hash of what was written.
    /// </summary>
    public string Hash => _hash ??= ComputeHash();

    private float[] Ones()
    {
        var ones = new float[Count];
        Array.Fill(ones, 1f);
        return Interlocked.CompareExchange(ref _value, ones, null) ?? ones;
    }

    private static AttributeColumn[] Of(IReadOnlyList<AttributeColumn> columns, ReadOnlySpan<int> rows)
    {
        var some = new AttributeColumn[columns.Count];
        for (var c = 0; c < some.Length; c++) some[c] = columns[c].Select(rows);
        return some;
    }

    private static T[] Gather<T>(T[] column, ReadOnlySpan<int> rows)
    {
        var result = new T[rows.Length];
        for (var i = 0; i < rows.Length; i++) result[i] = column[rows[i]];
        return result;
    }

    private static Vocabulary Renumber(Vocabulary old, int[] column, out int[] renumbered)
    {
        var to = new int[old.Count];
        Array.Fill(to, -1);
        var vocabulary = new Vocabulary();
        renumbered = new int[column.Length];
        for (var row = 0; row < column.Length; row++)
        {
            ref var index = ref to[column[row]];
            if (index < 0) index = vocabulary.GetOrAdd(old[column[row]]);
            renumbered[row] = index;
        }
        return vocabulary;
    }

    private string ComputeHash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        byte[]?[] users = new byte[UserCount][], items = new byte[ItemCount][];
        var number = new byte[8];
        var flags = (HasValues ? 1 : 0) | (HasTimes ? 2 : 0) | (HasKinds ? 4 : 0);
        sha.AppendData([(byte)flags]);
        for (var row = 0; row < Count; row++)
        {
            sha.AppendData(users[_user[row]] ??= Encode(Users[_user[row]]));
            sha.AppendData(items[_item[row]] ??= Encode(Items[_item[row]]));
            if (HasValues) BinaryPrimitives.WriteSingleLittleEndian(number, _value![row]);
            if (HasValues) sha.AppendData(number.AsSpan(0, 4));
            if (_time is not null) BinaryPrimitives.WriteInt64LittleEndian(number, _time[row]);
            if (_time is not null) sha.AppendData(number);
            if (_kind is not null) sha.AppendData([(byte)_kind[row]]);
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>UTF-8 behind its length, so that no two lists of ids give the same bytes.</summary>
    private static byte[] Encode(string id)
    {
        var bytes = new byte[4 + Encoding.UTF8.GetByteCount(id)];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, bytes.Length - 4);
        Encoding.UTF8.GetBytes(id, bytes.AsSpan(4));
        return bytes;
    }
}
