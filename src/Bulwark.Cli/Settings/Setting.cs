namespace Bulwark.Cli.Settings;

/// <summary>A setting: its dotted key, its default as text, and what it is.</summary>
/// <param name="Key">As in configuration files and <c>--set</c>.</param>
/// <param name="Default">The default, as a user would write it.</param>
/// <param name="Help">One line.</param>
/// <param name="Flag">Its long flag; null where <c>--set</c> is the only way.</param>
/// <param name="Short">Its short flag.</param>
internal abstract record Setting(string Key, string Default, string Help, string? Flag, string? Short)
{
    /// <summary>Complains about a value that makes no sense.</summary>
    /// <exception cref="FormatException">What the value must be: "a whole number from 1 to 10".</exception>
    public abstract void Check(string value);
}

/// <summary>A setting of a type.</summary>
internal sealed record Setting<T>(string Key, string Default, string Help, Func<string, T> Parse, string? Flag = null, string? Short = null)
    : Setting(Key, Default, Help, Flag, Short)
{
    public override void Check(string value) => Parse(value);
}
