using Bulwark.Data;

namespace Bulwark.Server.Events;

/// <summary>Somebody touched something.</summary>
/// <param name="User">Who: an id, of training or new.</param>
/// <param name="Item">What: an id, of training or new.</param>
/// <param name="Kind">How.</param>
/// <param name="Time">When: seconds since 1970-01-01 UTC.</param>
/// <param name="Value">The rating, for an event of that kind; else 1.</param>
public sealed record TouchEvent(string User, string Item, EventKind Kind, long Time, float Value = 1);
