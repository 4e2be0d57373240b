namespace Bulwark.Server.Live;

/// <summary>The best items for somebody, best first.</summary>
/// <param name="Items">Their rows.</param>
/// <param name="Scores">Their scores.</param>
/// <param name="Source">Where they come from.</param>
internal sealed record RankedList(int[] Items, float[] Scores, ListSource Source);

/// <summary>Where a list comes from.</summary>
internal enum ListSource
{
    /// <summary>The row that training, or learning since, gave the user.</summary>
    Known,

    /// <summary>The user's history, folded into the model.</summary>
    FoldIn,

    /// <summary>What is popular: nothing is known that the model could use.</summary>
    Popularity,
}
