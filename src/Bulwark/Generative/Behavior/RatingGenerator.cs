using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// G(z | m) of the ratings of profiles m, bags of ones: the nearest step of the scale to y + s ε, ε logistic noise, straight-through, and nothing where nothing
/// is rated (masked vectors as Chae et al. 2018). With h = relu(U z + V m / √n + b), y = W h + c, and ln s = w · h + a of each item: some people say only the
/// best. Ratings are counted in steps from the middle of the scale.
/// </summary>
/// <param name="middles">c at the start, (items): each item's mean.</param>
/// <param name="levels">How many ratings there are.</param>
/// <param name="latent">Width of z.</param>
/// <param name="hidden">Width of the hidden layer.</param>
public sealed class RatingGenerator(IReadOnlyList<float> middles, int levels, int latent, int hidden) : IGenerator
{
    private const float Tiny = 1e-6f;
    private readonly Dense _code = new("generator.code"), _given = new("generator.given"), _head = new("generator.head"),
        _spread = new("generator.spread");
    private readonly Variable _middle = new("generator.middle"), _logSpread = new("generator.log-spread");

    /// <summary>The largest rating, from the middle; the smallest is its opposite.</summary>
    public float Top => (levels - 1) / 2f;

    /// <summary>How many items there are.</summary>
    public int ItemCount => middles.Count;

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var at = _given.Start(_code.Start(new Point(), latent, hidden, rng), ItemCount, hidden, rng);
        return _spread.Start(_head.Start(at, hidden, ItemCount, 0.01f, rng), hidden, 1, 0.01f, rng)
            .With(_middle, Tensor.Of(ItemCount, [.. middles])).With(_logSpread, Tensor.Full(ItemCount, MathF.Log(0.5f)));
    }

    /// <summary>y and ln s for codes: (count, latent) and (count, items) to (count, items) each.</summary>
    public (Tensor Wanted, Tensor LogSpread) Of(Point at, Tensor code, Tensor given)
    {
        var h = (_code.Of(at, code) + _given.Of(at, given.UnitRows())).Relu();                   // (count, hidden)
        return (_head.Of(at, h) + at[_middle], _spread.Of(at, h) + at[_logSpread]);
    }

    /// <summary>−Σ ln P(x), P(x) = σ((x + ½ − y) / s) − σ((x − ½ − y) / s), open at both ends of the scale, over what is rated of each: (count).</summary>
    /// <param name="x">(count, items).</param>
    /// <param name="y">(count, items).</param>
    /// <param name="logSpread">ln s, (count, items).</param>
    /// <param name="given">m, (count, items).</param>
    public Tensor Unlikelihood(Tensor x, Tensor y, Tensor logSpread, Tensor given)
    {
        var narrow = (-logSpread).Exp();
        var (last, first) = ((x - (Top - 0.5f)).Step(), (-x - (Top - 0.5f)).Step());             // 1 at the ends
        var upTo = ((x + 0.5f - y) * narrow).Sigmoid() * (1 - last) + last;
        var below = ((x - 0.5f - y) * narrow).Sigmoid() * (1 - first);
        return -(upTo - below + Tiny).Log().Dot(given);
    }

    /// <summary>Ratings, whole steps where m is 1 and 0 elsewhere: (count, items).</summary>
    /// <inheritdoc/>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        if (given is null) throw new ArgumentNullException(nameof(given), "Ratings need a profile: give the bag of what is rated.");
        var uniform = Tensor.Uniform(given.Shape, 1e-6f, 1 - 1e-6f, rng.Fork("noise"));
        var noise = uniform.Log() - (1 - uniform).Log();
        var (y, logSpread) = Of(at, Tensor.Gaussian((count, latent), 1, rng.Fork("code")), given);
        return ((y + noise * logSpread.Exp() + Top).StraightThroughRound().Clamp(0, levels - 1) - Top) * given;
    }
}
