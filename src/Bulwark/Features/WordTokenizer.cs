using System.Text;

namespace Bulwark.Features;

/// <summary>Words: runs of letters and digits in lower case. Chinese characters are no part of a word; see <see cref="HanTokenizer"/>.</summary>
public sealed class WordTokenizer : ITokenizer
{
    /// <inheritdoc/>
    public IReadOnlyList<string> Tokens(string text) =>
        [.. Scripts.Runs(text, static rune => Rune.IsLetterOrDigit(rune) && !Scripts.IsHan(rune)).Select(word => word.ToLowerInvariant())];
}
