namespace Bulwark.Data;

/// <summary>What the generator of a shop knows: the true preference of every shopper for every product.</summary>
public sealed class Oracle
{
    /// <summary>How strongly taste steers visits.</summary>
    private const float TasteWeight = 5f;

    private const int Dim = Catalog.Dim;
    private readonly Catalog _catalog;
    private readonly Clientele _clientele;
    private readonly float _end;

    internal Oracle(Catalog catalog, Clientele clientele, float end) => (_catalog, _clientele, _end) = (catalog, clientele, end);

    /// <summary>Number of users, a ring's accounts included.</summary>
    public int UserCount => _clientele.Count;

    /// <summary>Number of items; the length of a row of scores.</summary>
    public int ItemCount => _catalog.Count;

    /// <summary>Where a product lies in the space of tastes, a unit vector: the cause that its picture, its words and both tracks of its clip have in common.</summary>
    public ReadOnlySpan<float> Style(int item) => _catalog.Vectors.AsSpan(item * Dim, Dim);

    /// <summary>
    /// (items) log-odds, up to a constant, that the shopper's next visit at the end of the period, if taste steers it, goes to each product. To rank the
    /// products not yet visited by it is the best that any model can do. For a ring's account: popularity alone.
    /// </summary>
    public void Score(int user, Span<float> scores) => Score(user, _end, scores);

    /// <summary>w taste(months) · item − sensitivity · price + bias.</summary>
    internal void Score(int user, float months, Span<float> scores)
    {
        Span<float> taste = stackalloc float[Dim];
        _clientele.Taste(user, months, taste);
        var sensitivity = _clientele.PriceSensitivity[user];
        for (var item = 0; item < scores.Length; item++)
            scores[item] = TasteWeight * Dot(taste, item) - sensitivity * _catalog.Price[item] + _catalog.Bias[item];
    }

    /// <summary>
    /// How much a shopper likes a product regardless of how well known it is, in standard deviations of what shoppers come upon: it decides on carts,
    /// purchases and ratings.
    /// </summary>
    internal float Liking(int user, float months, int item)
    {
        const float Mean = 0.45f, Deviation = 0.3f, PriceWeight = 0.5f;
        Span<float> taste = stackalloc float[Dim];
        _clientele.Taste(user, months, taste);
        return (Dot(taste, item) - Mean) / Deviation - PriceWeight * _clientele.PriceSensitivity[user] * _catalog.Price[item];
    }

    private float Dot(ReadOnlySpan<float> taste, int item)
    {
        var vector = Style(item);
        var dot = 0f;
        for (var d = 0; d < Dim; d++) dot += taste[d] * vector[d];
        return dot;
    }
}
