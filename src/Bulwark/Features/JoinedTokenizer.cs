namespace Bulwark.Features;

/// <summary>The tokens of several tokenizers, one after the other: words and Chinese grams of texts that mix both.</summary>
public sealed class JoinedTokenizer(params IReadOnlyList<ITokenizer> parts) : ITokenizer
{
    /// <summary>Words, and pairs of Chinese characters.</summary>
    public static JoinedTokenizer EnglishAndChinese { get; } = new(new WordTokenizer(), new HanTokenizer());

    /// <inheritdoc/>
    public IReadOnlyList<string> Tokens(string text) => [.. parts.SelectMany(part => part.Tokens(text))];
}
