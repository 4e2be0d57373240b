using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Streams;

/// <summary>Who has touched what so far, and triples whose third part is an item that its user has not.</summary>
internal sealed class TouchedPairs
{
    private const int MostTries = 20;
    private readonly HashSet<StreamEvent> _touched = [];

    public void Add(StreamEvent each) => _touched.Add(each);

    /// <summary>A triple for each event, against an item drawn alike from all.</summary>
    public void Fill(Triples batch, ReadOnlySpan<StreamEvent> events, int items, Rng rng)
    {
        Span<int> users = batch.Users.Refill(events.Length), positives = batch.Positives.Refill(events.Length), negatives = batch.Negatives.Refill(events.Length);
        for (var b = 0; b < events.Length; b++)
        {
            (users[b], positives[b]) = events[b];
            for (var tries = 0; tries < MostTries; tries++)
            {
                negatives[b] = rng.Next(items);
                if (negatives[b] != positives[b] && !_touched.Contains(new(users[b], negatives[b]))) break;
            }
        }
        batch.Regroup();
    }
}
