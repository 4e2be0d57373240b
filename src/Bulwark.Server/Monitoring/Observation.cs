namespace Bulwark.Server.Monitoring;

/// <summary>An event as the monitor sees it.</summary>
/// <param name="User">The user's row; one behind those of training is a new user.</param>
/// <param name="Item">The item's row; one behind those of training is a new item.</param>
/// <param name="Time">Seconds since 1970-01-01 UTC; whoever takes it from outside sees to it that it does not lie in the future.</param>
/// <param name="Rank">The item's place, from 1, in the list that the user would have been given before the event was learned; 0 if it was not in it.</param>
public readonly record struct Observation(int User, int Item, long Time, int Rank);
