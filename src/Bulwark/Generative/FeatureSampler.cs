using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>Makes vectors of items by a trained <see cref="FeatureGan"/>.</summary>
public sealed class FeatureSampler
{
    private readonly VaeGan _model;
    private readonly Point _at;
    private readonly int _categories;
    private readonly Tensor _mean, _deviation, _scale;

    internal FeatureSampler(VaeGan model, Point at, int categories, Tensor mean, Tensor deviation)
    {
        (_model, _at, _categories, _mean, _deviation) = (model, at, categories, mean.Keep(), deviation.Keep());
        _scale = Tensor.Of(mean.Shape, [.. deviation.Values.ToArray().Select(value => value > 0 ? 1 / value : 0)]).Keep();
    }

    /// <summary>A new item of each of these categories: (count, features).</summary>
    public Tensor Draw(Ids categories, Rng rng) => Back(_model.Generator.Generate(_at, categories.Count, Given(categories), rng));

    /// <summary>A neighbor of each item: what a code near its own says, from N(μ, r²) where the item's is μ. (count, features).</summary>
    /// <param name="x">The items, (count, features).</param>
    /// <param name="categories">Their categories.</param>
    /// <param name="radius">r; codes of all items have a deviation of about 1.</param>
    /// <param name="rng">Chance.</param>
    public Tensor Near(Tensor x, Ids categories, float radius, Rng rng)
    {
        var mean = _model.Encoder.Encode(_at, To(x)).Mean;
        return Back(_model.Generator.Decode(_at, mean + Tensor.Gaussian(mean.Shape, radius, rng), Given(categories)));
    }

    /// <summary>Items between others of the same category: <see cref="VaeGan.Between"/>. (count, features).</summary>
    public Tensor Between(Tensor x, Tensor y, float share, Ids categories) => Back(_model.Between(_at, To(x), To(y), share, Given(categories)));

    private Tensor Given(Ids categories) => Examples.OneHot(categories, _categories);

    private Tensor To(Tensor x) => (x - _mean) * _scale;

    private Tensor Back(Tensor x) => x * _deviation + _mean;
}
