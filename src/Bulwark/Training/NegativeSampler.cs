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
    private const int MostTries = 100;                       // a user who has touched everything still gets an item
    private readonly SeenItems _seen = new(train);
    private readonly int[] _popular = sampling == NegativeSampling.Popularity ? train.Item.ToArray() : [];

    public int Draw(int user, Rng rng)
    {
        var item = 0;
        for (var tries = 0; tries < MostTries; tries++)
        {
            item = sampling == NegativeSampling.Uniform ? rng.Next(train.ItemCount) : _popular[rng.Next(_popular.Length)];
            if (!_seen.Contains(user, item)) break;
        }
        return item;
    }
}
