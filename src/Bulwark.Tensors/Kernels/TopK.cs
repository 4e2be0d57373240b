namespace Bulwark.Tensors.Kernels;

/// <summary>The k largest of a row of scores, without sorting all of it.</summary>
public static class TopK
{
    /// <summary>
    /// Writes the indices and values of the <c>indices.Length</c> largest scores, best first; equal scores keep ascending index; −∞ never
    /// enters. Returns how many were found.
    /// </summary>
    public static int Select(ReadOnlySpan<float> scores, Span<int> indices, Span<float> values)
    {
        var found = 0;
        for (var i = 0; i < scores.Length; i++)
        {
            var score = scores[i];
            if (!(score > float.NegativeInfinity) || found == indices.Length && !(score > values[found - 1])) continue;
            var at = found < indices.Length ? found++ : found - 1;
            for (; at > 0 && score > values[at - 1]; at--) (values[at], indices[at]) = (values[at - 1], indices[at - 1]);
            (values[at], indices[at]) = (score, i);
        }
        return found;
    }
}
