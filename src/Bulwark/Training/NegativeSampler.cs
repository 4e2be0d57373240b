using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>How an item that the user has not touched is drawn.</summary>
public enum NegativeSampling
{
    /// <summary>Every item alike.</summary>
    Uniform,

    /// <summary>In proportion to how often the item occurs in training.</summary>
    Popularity,
}

/// <summary>Draws items that a user has not touched in training.</summary>
internal sealed class NegativeSampler(Interactions train, NegativeSampling sampling)
{
    private const int MostTries = 100;                       // then the few items left are looked for one by one
    private readonly SeenItems _seen = new(train);
    private readonly int[] _popular = sampling == NegativeSampling.Popularity ? train.Item.ToArray() : [];

    public int Draw(int user, Rng rng)
    {
        var item = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            item = sampling == NegativeSampling.Uniform ? rng.Next(train.ItemCount) : _popular[rng.Next(_popular.Length)];
            if (!_seen.Contains(user, item)) return item;
        }
        for (var left = train.ItemCount; left > 0 && _seen.Contains(user, item); left--) item = (item + 1) % train.ItemCount;
        return item;                                         // a touched one only where all are
    }
}
