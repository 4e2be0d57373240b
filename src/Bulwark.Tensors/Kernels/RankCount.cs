namespace Bulwark.Tensors.Kernels;

/// <summary>Where a score stands in a row of scores, by counting: one pass and no sorting.</summary>
public static class RankCount
{
    /// <summary>How many scores are above, and how many equal, the given one. NaN counts as neither.</summary>
    public static (int Above, int Equal) Count(ReadOnlySpan<float> scores, float score)
    {
        int above = 0, equal = 0;
        foreach (var other in scores)
        {
            above += other > score ? 1 : 0;                  // no branch: what a row holds cannot be predicted
            equal += other == score ? 1 : 0;
        }
        return (above, equal);
    }
}
