using Bulwark.Tensors;

namespace Bulwark.Generative.Streams;

/// <summary>
/// A uniform sample of all that has come so far, in bounded memory: algorithm R (Vitter 1985). The n-th arrival takes a random one of n places, and is
/// forgotten if that lies behind the capacity; so each of the n is kept with probability capacity / n.
/// </summary>
/// <param name="capacity">How many are kept, at least 1.</param>
/// <param name="rng">Chance; its own.</param>
public sealed class Reservoir<T>(int capacity, Rng rng)
{
    private readonly List<T> _kept = [];

    /// <summary>How many have come.</summary>
    public long Seen { get; private set; }

    /// <summary>Those kept, at most the capacity.</summary>
    public IReadOnlyList<T> Kept => _kept;

    /// <summary>One more arrival.</summary>
    public void Add(T arrival)
    {
        var place = (long)(rng.NextDouble() * ++Seen);
        if (Seen <= capacity) _kept.Add(arrival);
        else if (place < capacity) _kept[(int)place] = arrival;
    }

    /// <summary>One of those kept, each alike.</summary>
    /// <param name="chance">Draws it.</param>
    public T Draw(Rng chance) => _kept[chance.Next(_kept.Count)];
}
