using Bulwark.Tensors.Kernels;

namespace Bulwark.Evaluation;

/// <summary>The ranks of relevant items in a row of scores, by counting: no sorting of the row, exact with ties against the model.</summary>
internal sealed class RankCounter
{
    private const int Chunk = 4096;       // scores: 16 KB stay in the nearest cache while every relevant score is counted
    private float[] _levels = new float[16];
    private int[] _above = new int[16], _equal = new int[16], _ranks = new int[16];

    /// <summary>
    /// The ranks, ascending, of the items <paramref name="relevant"/> among the candidates of a row; valid until the next call. Rank = 1 +
    /// candidates above + candidates that are not relevant and equal; relevant items with equal scores take consecutive ranks.
    /// </summary>
    /// <param name="scores">(items): −∞ for what is no candidate. NaN is never recommended, so it ranks last, as −∞ does.</param>
    /// <param name="relevant">Distinct candidates.</param>
    /// <param name="candidates">How many of the items are candidates.</param>
    public ReadOnlySpan<int> Ranks(ReadOnlySpan<float> scores, ReadOnlySpan<int> relevant, int candidates)
    {
        Reserve(relevant.Length);
        var own = _levels.AsSpan(0, relevant.Length);
        for (var i = 0; i < own.Length; i++) own[i] = scores[relevant[i]];
        own.Sort();                                          // NaN first
        own.Reverse();

        var counted = 0;                                     // how many of them are scores that count can place
        while (counted < own.Length && own[counted] > float.NegativeInfinity) counted++;
        Array.Clear(_above, 0, counted);
        Array.Clear(_equal, 0, counted);
        for (var from = 0; from < scores.Length; from += Chunk)
        {
            var chunk = scores.Slice(from, Math.Min(Chunk, scores.Length - from));
            for (var i = 0; i < counted; i++)
            {
                if (i > 0 && own[i] == own[i - 1]) continue;
                var (above, equal) = RankCount.Count(chunk, own[i]);
                _above[i] += above;
                _equal[i] += equal;
            }
        }
        for (int first = 0, next; first < counted; first = next)
        {
            for (next = first + 1; next < counted && own[next] == own[first]; next++) { }
            // Of the equal ones, next − first are relevant and the rest stand above them.
            for (var i = first; i < next; i++) _ranks[i] = _above[first] + _equal[first] - (next - first) + (i - first) + 1;
        }
        for (var i = counted; i < own.Length; i++) _ranks[i] = candidates - own.Length + i + 1;
        return _ranks.AsSpan(0, own.Length);
    }

    private void Reserve(int relevant)
    {
        if (relevant <= _levels.Length) return;
        var size = Math.Max(relevant, 2 * _levels.Length);
        (_levels, _above, _equal, _ranks) = (new float[size], new int[size], new int[size], new int[size]);
    }
}
