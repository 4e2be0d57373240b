using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>What is known of items and users beside what they did.</summary>
/// <param name="items">Of items, in any order; null where nothing is known.</param>
/// <param name="users">Of users.</param>
internal sealed class Facts(AttributeTable? items, AttributeTable? users)
{
    private readonly Dictionary<string, Tensor> _made = [];

    /// <summary>The variable that a saved model's vectors of items stand under.</summary>
    public static readonly Variable Features = new("features") { IsGiven = true };

    /// <summary>Nothing.</summary>
    public static Facts None => new(null, null);

    /// <summary>Stops what takes long.</summary>
    public CancellationToken Cancel { get; init; }

    /// <summary>What is known of items.</summary>
    public AttributeTable? Items => items;

    /// <summary>What is known of users.</summary>
    public AttributeTable? Users => users;

    /// <summary>Vectors of the items in the model's order, (items, d), that a saved model brings; null where they are made.</summary>
    public Tensor? Vectors { get; init; }

    /// <summary>The vectors of a saved model, or what is made for these settings, once for all models of the same data.</summary>
    public Tensor VectorsOf(string settings, Func<Tensor> make)
    {
        if (Vectors is not null) return Vectors;
        if (!_made.TryGetValue(settings, out var vectors)) _made[settings] = vectors = make().Keep();
        return vectors;
    }
}
