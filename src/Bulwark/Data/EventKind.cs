namespace Bulwark.Data;

/// <summary>What a user did to an item, in rising order of commitment.</summary>
public enum EventKind : byte
{
    /// <summary>Looked at it.</summary>
    View,

    /// <summary>Put it into the cart.</summary>
    Cart,

    /// <summary>Bought it.</summary>
    Buy,

    /// <summary>Rated it; only rows of this kind have a rating as their value.</summary>
    Rate,
}
