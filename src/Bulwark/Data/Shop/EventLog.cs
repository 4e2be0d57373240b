namespace Bulwark.Data;

/// <summary>Events in the making, put into time order at the end.</summary>
internal sealed class EventLog
{
    private readonly List<(long Time, int User, int Item, EventKind Kind, float Value)> _events = [];

    public void Add(int user, int item, EventKind kind, long time, float value = 1) => _events.Add((time, user, item, kind, value));

    /// <summary>The events by time; of equal times by user, item and kind.</summary>
    public Interactions ToInteractions(Vocabulary users, Vocabulary items)
    {
        _events.Sort();
        var log = new InteractionsBuilder(users, items, hasValues: true, hasTimes: true, hasKinds: true);
        foreach (var (time, user, item, kind, value) in _events) log.Add(user, item, value, time, kind);
        return log.Build();
    }
}
