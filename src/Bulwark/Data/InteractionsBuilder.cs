namespace Bulwark.Data;

/// <summary>Collects rows and makes <see cref="Interactions"/> of them.</summary>
/// <param name="users">User ids, to be extended by the rows; null for an empty vocabulary.</param>
/// <param name="items">Item ids, to be extended by the rows; null for an empty vocabulary.</param>
/// <param name="hasValues">Whether the values of the rows count.</param>
/// <param name="hasTimes">Whether the times of the rows count.</param>
/// <param name="hasKinds">Whether the kinds of the rows count.</param>
public sealed class InteractionsBuilder(
    Vocabulary? users = null, Vocabulary? items = null, bool hasValues = false, bool hasTimes = false, bool hasKinds = false)
{
    private int[] _user = new int[1024], _item = new int[1024];
    private float[] _value = hasValues ? new float[1024] : [];
    private long[] _time = hasTimes ? new long[1024] : [];
    private EventKind[] _kind = hasKinds ? new EventKind[1024] : [];

    /// <summary>
    /// A builder that has these rows and goes on: new users get the indices behind the known ones, and the items stay the same, so that what is
    /// known about them keeps its place.
    /// </summary>
    public static InteractionsBuilder From(Interactions interactions)
    {
        var builder = new InteractionsBuilder(
            interactions.Users.Copy(), interactions.Items, interactions.HasValues, interactions.HasTimes, interactions.HasKinds);
        for (var row = 0; row < interactions.Count; row++)
            builder.Add(
                interactions.User[row], interactions.Item[row], interactions.Value[row], interactions.HasTimes ? interactions.Time[row] : 0,
                interactions.HasKinds ? interactions.Kind[row] : default);
        return builder;
    }

    /// <summary>User ids so far.</summary>
    public Vocabulary Users { get; } = users ?? new();

    /// <summary>Item ids so far.</summary>
    public Vocabulary Items { get; } = items ?? new();

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a row by ids; new ids enter the vocabularies.</summary>
    public void Add(string user, string item, float value = 1, long time = 0, EventKind kind = default) =>
        Add(Users.GetOrAdd(user), Items.GetOrAdd(item), value, time, kind);

    /// <summary>Adds a row by indices.</summary>
    public void Add(int user, int item, float value = 1, long time = 0, EventKind kind = default)
    {
        if (Count == _user.Length) Grow();
        (_user[Count], _item[Count]) = (user, item);
        if (hasValues) _value[Count] = value;
        if (hasTimes) _time[Count] = time;
        if (hasKinds) _kind[Count] = kind;
        Count++;
    }

    /// <summary>The rows as they came, repeated ones included. The builder keeps its rows and may go on.</summary>
    public Interactions Build() => new(
        Users, Items, _user[..Count], _item[..Count], hasValues ? _value[..Count] : null, hasTimes ? _time[..Count] : null,
        hasKinds ? _kind[..Count] : null);

    /// <summary>
    /// Of the rows with the same user, item and (where known) kind only the latest, in the order they came; of equally late ones the one added
    /// last.
    /// </summary>
    /// <param name="duplicates">How many rows were left out.</param>
    /// <param name="context">What else is known of each of the rows so far: see <see cref="Interactions.Context"/>.</param>
    public Interactions BuildDistinct(out int duplicates, IReadOnlyList<AttributeColumn>? context = null)
    {
        var rows = Duplicates.LastOfEach(
            _user.AsSpan(0, Count), _item.AsSpan(0, Count), hasTimes ? _time.AsSpan(0, Count) : default, hasKinds ? _kind.AsSpan(0, Count) : default,
            Users.Count, Items.Count);
        duplicates = Count - rows.Length;
        var all = context is { Count: > 0 } ? Build().WithContext(context) : Build();
        return duplicates == 0 ? all : all.Select(rows);
    }

    private void Grow()
    {
        var size = Count * 2;
        Array.Resize(ref _user, size);
        Array.Resize(ref _item, size);
        if (hasValues) Array.Resize(ref _value, size);
        if (hasTimes) Array.Resize(ref _time, size);
        if (hasKinds) Array.Resize(ref _kind, size);
    }
}
