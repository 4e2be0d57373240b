using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>The shoppers of a shop: tastes at the start, which way they drift, and how much prices matter to them.</summary>
internal sealed class Clientele
{
    private const float SegmentPull = 0.6f, Spread = 1f;
    private const int Dim = Catalog.Dim;
    private readonly float[] _taste, _drift, _jump;
    private readonly float _driftPerMonth, _shift;

    public Clientele(ShopOptions options, Rng rng)
    {
        Honest = options.Shoppers;
        Count = options.Shoppers + options.FraudAccounts;
        (_driftPerMonth, _shift) = ((float)options.DriftPerMonth, (float)options.TasteShift);
        Ids = new(Enumerable.Range(0, Count).Select(shopper => $"u{shopper + 1:00000}"));
        (_taste, _drift, _jump, PriceSensitivity) = (new float[Count * Dim], new float[Count * Dim], new float[Count * Dim], new float[Count]);
        var centers = Catalog.RandomDirections(ShopWords.Segments.Length, rng.Fork("segments"));
        var (segments, ages) = (new string[Count], new float[Count]);
        for (var shopper = 0; shopper < Count; shopper++)
        {
            var own = rng.Fork(shopper);
            var segment = own.Next(ShopWords.Segments.Length);
            var (name, sensitivity, age) = ShopWords.Segments[segment];
            (segments[shopper], ages[shopper]) = (name, (float)Math.Clamp(Math.Round(age + 8 * own.NextGaussian()), 16, 90));
            if (shopper >= Honest) continue;                             // a ring has no taste
            PriceSensitivity[shopper] = sensitivity + 0.2f * (float)own.NextGaussian();
            var taste = _taste.AsSpan(shopper * Dim, Dim);
            for (var d = 0; d < Dim; d++) taste[d] = SegmentPull * centers[segment * Dim + d] + Spread * (float)own.NextGaussian() / MathF.Sqrt(Dim);
            Catalog.Normalize(taste);
            Catalog.RandomDirections(1, own).CopyTo(_drift.AsSpan(shopper * Dim));
            Catalog.RandomDirections(1, own).CopyTo(_jump.AsSpan(shopper * Dim));
        }
        Table = new(Ids, [new("segment", segments), new("age", ages)]);
    }

    /// <summary>Shoppers; accounts from here on are the ring's.</summary>
    public int Honest { get; }

    /// <summary>Shoppers and the ring's accounts.</summary>
    public int Count { get; }

    /// <summary>Ids.</summary>
    public Vocabulary Ids { get; }

    /// <summary>(accounts) utility lost per unit of log relative price.</summary>
    public float[] PriceSensitivity { get; }

    /// <summary>What the shop knows.</summary>
    public AttributeTable Table { get; }

    /// <summary>Taste after some months: the start, a straight drift, and from the middle on the jump, at length 1. Zero for the ring.</summary>
    public void Taste(int shopper, float months, Span<float> taste)
    {
        var (first, jumped) = (shopper * Dim, months >= ShopperLife.Months / 2 ? _shift : 0);
        for (var d = 0; d < Dim; d++) taste[d] = _taste[first + d] + _driftPerMonth * months * _drift[first + d] + jumped * _jump[first + d];
        if (shopper < Honest) Catalog.Normalize(taste);
    }
}
