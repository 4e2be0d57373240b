namespace Bulwark.Attacks.Histories;

/// <summary>Ways to change a history by one item.</summary>
[Flags]
public enum EditKinds
{
    /// <summary>None.</summary>
    None = 0,

    /// <summary>An item comes in between.</summary>
    Insert = 1,

    /// <summary>An item goes.</summary>
    Delete = 2,

    /// <summary>Another item stands in place of one.</summary>
    Replace = 4,

    /// <summary>Any of them.</summary>
    All = Insert | Delete | Replace,
}
