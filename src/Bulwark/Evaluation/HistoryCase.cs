namespace Bulwark.Evaluation;

/// <summary>A shopper whose history is attacked.</summary>
/// <param name="History">What they touched, oldest first.</param>
/// <param name="Next">What they chose next, which should be listed.</param>
/// <param name="Target">The attacker's item, to be listed instead; null where the list is to be spoiled.</param>
public sealed record HistoryCase(int[] History, int Next, int? Target = null);
