namespace Bulwark.Models.Reranking;

/// <summary>Makes a list with more than one goal from one user's scores.</summary>
/// <param name="scores">(items): higher is better; −∞ never enters.</param>
/// <param name="history">What the user touched.</param>
/// <param name="k">The length of the list; it is shorter where there are fewer candidates.</param>
/// <returns>Items, the first place first.</returns>
public delegate int[] Rerank(ReadOnlySpan<float> scores, ReadOnlySpan<int> history, int k);
