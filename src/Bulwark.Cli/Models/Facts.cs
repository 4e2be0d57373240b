using Bulwark.Data;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>What is known of items and users beside what they did.</summary>
/// <param name="items">Of items, in any order; null where nothing is known.</param>
/// <param name="users">Of users.</param>
internal sealed class Facts(AttributeTable? items, AttributeTable? users)
{
    private readonly Dictionary<string, Tensor> _made = [];
    private readonly Dictionary<string, BertFolder> _encoders = [];

    /// <summary>The variable that a saved model's vectors of items stand under.</summary>
    public static readonly Variable Features = new("features") { IsGiven = true };

    /// <summary>The variable that a saved model's pictures of items stand under.</summary>
    public const string PicturesName = "pictures";

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

    /// <summary>What is known of events, by name with its categories; empty where no model reads any.</summary>
    public IReadOnlyList<EventFact> Contexts { get; init; } = [];

    /// <summary>Pictures: in the order of <see cref="Items"/>, (rows, height, width, channels), or of the model's items.</summary>
    public Tensor? Pictures { get; init; }

    /// <summary>The text encoder that a saved model brings; null where it is made.</summary>
    public BertFolder? Encoder { get; init; }

    /// <summary>Whether these are a saved model's, whose values come from its file.</summary>
    public bool AreSaved { get; init; }

    /// <summary>The text encoder that is made for these settings, once for all models of the same data.</summary>
    public BertFolder EncoderOf(string settings, Func<BertFolder> make)
    {
        if (!_encoders.TryGetValue(settings, out var encoder)) _encoders[settings] = encoder = make();
        return encoder;
    }

    /// <summary>The vectors of a saved model, or what is made for these settings, once for all models of the same data.</summary>
    public Tensor VectorsOf(string settings, Func<Tensor> make)
    {
        if (Vectors is not null) return Vectors;
        if (!_made.TryGetValue(settings, out var vectors)) _made[settings] = vectors = make().Keep();
        return vectors;
    }
}
