namespace Bulwark.Generative.Streams;

/// <summary>Somebody touched something.</summary>
/// <param name="User">The user's row; one behind all known rows is a new user.</param>
/// <param name="Item">The item's row; one behind all known rows is a new item.</param>
public readonly record struct StreamEvent(int User, int Item);
