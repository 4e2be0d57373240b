namespace Bulwark.Server.Live;

/// <summary>An event by rows.</summary>
/// <param name="User">The user's row.</param>
/// <param name="Item">The item's row.</param>
/// <param name="Time">Seconds since 1970-01-01 UTC.</param>
/// <param name="Before">What the user had touched until then, oldest first, each item once.</param>
internal readonly record struct Touch(int User, int Item, long Time, int[] Before);
