namespace Bulwark.Data;

/// <summary>Makes shops.</summary>
public static class GeneratedShop
{
    /// <summary>A shop that depends on the options and the seed alone.</summary>
    public static Shop Create(ShopOptions options, ulong seed) => throw new NotImplementedException();
}
