namespace Bulwark.Features;

/// <summary>Chinese: all n-grams of characters of each run of Chinese characters, and a shorter run as it is. Everything else is left out.</summary>
/// <param name="n">How many characters a gram has; two is a usual word.</param>
/// <exception cref="ArgumentOutOfRangeException">n is below 1.</exception>
public sealed class HanTokenizer(int n = 2) : ITokenizer
{
    private readonly int _n = n > 0 ? n : throw new ArgumentOutOfRangeException(nameof(n), n, "A gram has at least one character.");

    /// <inheritdoc/>
    public IReadOnlyList<string> Tokens(string text)
    {
        var tokens = new List<string>();
        foreach (var run in Scripts.Runs(text, Scripts.IsHan))
        {
            string[] characters = [.. run.EnumerateRunes().Select(rune => rune.ToString())];
            for (var first = 0; first == 0 || first + _n <= characters.Length; first++)
                tokens.Add(string.Concat(characters.Skip(first).Take(_n)));
        }
        return tokens;
    }
}
