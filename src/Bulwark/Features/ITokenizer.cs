namespace Bulwark.Features;

/// <summary>Text to tokens: what term counts, and text encoders, are made of. Implementations are safe to call from several threads at once.</summary>
public interface ITokenizer
{
    /// <summary>The tokens of a text, in order; none for a text without any.</summary>
    IReadOnlyList<string> Tokens(string text);
}
