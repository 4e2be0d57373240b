namespace Bulwark.Evaluation;

/// <summary>One item to find among given others.</summary>
/// <param name="user">Whose item it is.</param>
/// <param name="positive">The item that the user chose.</param>
/// <param name="negatives">
/// What it is ranked against. As in published evaluations, a repeat counts once and the positive is no rival of itself: files of sampled
/// negatives hold both.
/// </param>
public sealed class RankingCase(int user, int positive, IEnumerable<int> negatives)
{
    /// <summary>Whose item it is.</summary>
    public int User { get; } = user;

    /// <summary>The item that the user chose.</summary>
    public int Positive { get; } = positive;

    /// <summary>What it is ranked against, each once and without the positive.</summary>
    public int[] Negatives { get; } = [.. negatives.Where(item => item != positive).Distinct()];
}
