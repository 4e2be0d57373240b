namespace Bulwark.Cli.Models;

/// <summary>Something known of each event.</summary>
/// <param name="Name">The column.</param>
/// <param name="Categories">Its categories, numbered from 1.</param>
/// <param name="Last">Of a saved model, the category of each user's last event, 0 where unknown; null where the events are there.</param>
internal sealed record EventFact(string Name, string[] Categories, int[]? Last = null);
