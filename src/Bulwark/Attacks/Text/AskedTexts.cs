namespace Bulwark.Attacks.Text;

/// <summary>What texts are worth, each asked once and counted.</summary>
internal sealed class AskedTexts(TextScores scores)
{
    private readonly Dictionary<string, float> _known = new(StringComparer.Ordinal);

    /// <summary>How many texts were asked for.</summary>
    public int Queries => _known.Count;

    /// <summary>What one is worth.</summary>
    public float this[string text] => Of([text])[0];

    /// <summary>What each is worth.</summary>
    public float[] Of(IReadOnlyList<string> texts)
    {
        string[] missing = [.. texts.Where(text => !_known.ContainsKey(text)).Distinct(StringComparer.Ordinal)];
        if (missing.Length > 0)
            foreach (var (text, score) in missing.Zip(scores(missing))) _known[text] = score;
        return [.. texts.Select(text => _known[text])];
    }
}
