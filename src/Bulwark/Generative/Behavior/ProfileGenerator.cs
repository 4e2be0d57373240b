using Bulwark.Models.Autoencoders;
using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// G(z | n, h) of what users touch: n items that hold h, drawn without replacement by softmax(ℓ) with <see cref="GumbelTopN"/>, straight-through.
/// ℓ = ln p + W relu(… relu(U z + V [ln n ; h] + b) …), p the items' popularity: what an independent draw would do, and what z and h say beyond it. What is given
/// says where z is to be looked for (Sohn, Lee and Yan 2015): z ~ N(μ, σ²), μ and ln σ² linear in tanh(P [ln n ; h] + a). Where people have traits, they stand behind h.
/// </summary>
/// <param name="popularity">(items): how often each occurs.</param>
/// <param name="latent">Width of z.</param>
/// <param name="hidden">Widths of the hidden layers, at least one.</param>
/// <param name="traits">How many traits people have.</param>
public sealed class ProfileGenerator(IReadOnlyList<int> popularity, int latent, IReadOnlyList<int> hidden, int traits = 0) : IGenerator
{
    private const float Temperature = 1;
    private readonly Dense _code = new("generator.code"), _given = new("generator.given");
    private readonly Dense _prior = new("prior.hidden"), _mean = new("prior.mean"), _logVariance = new("prior.log-variance");
    private readonly Tower _layers = new("generator", hidden[0], [.. hidden.Skip(1)], popularity.Count);

    /// <summary>How many items there are.</summary>
    public int ItemCount => popularity.Count;

    /// <summary>ln p up to a constant, half an occurrence added to each: (items).</summary>
    public static Tensor LogPopularity(IReadOnlyList<int> popularity) =>
        Tensor.Of(popularity.Count, [.. popularity.Select(count => MathF.Log(count + 0.5f))]);

    /// <inheritdoc/>
    public Point Start(Rng rng)
    {
        var given = 1 + popularity.Count + traits;
        var at = _given.Start(_code.Start(new Point(), latent, hidden[0], rng), given, hidden[0], rng);
        at = _mean.Start(_prior.Start(at, given, hidden[0], rng), hidden[0], latent, rng);
        return _layers.Start(_logVariance.Start(at, hidden[0], latent, rng), rng);
    }

    /// <summary>μ and ln σ² of the codes of what is given: (count, 1 + items + traits) to (count, latent) each.</summary>
    public (Tensor Mean, Tensor LogVariance) Prior(Point at, Tensor given)
    {
        var h = _prior.Of(at, given).Tanh();
        return (_mean.Of(at, h), _logVariance.Of(at, h));
    }

    /// <summary>ℓ for codes: (count, latent) and (count, 1 + items + traits) to (count, items).</summary>
    public Tensor Scores(Point at, Tensor code, Tensor given) =>
        _layers.Of(at, (_code.Of(at, code) + _given.Of(at, given)).Relu(), null) + LogPopularity(popularity);

    /// <summary>ℓ for a code of each row, drawn: (count, 1 + items + traits) to (count, items).</summary>
    public Tensor Scores(Point at, Tensor given, Rng rng)
    {
        var (mean, logVariance) = Prior(at, given);
        return Scores(at, GaussianCode.Draw(mean, logVariance, rng), given);
    }

    /// <inheritdoc/>
    /// <param name="at">Where the generator stands.</param>
    /// <param name="count">How many.</param>
    /// <param name="given">(count, 1 + items + traits): see <see cref="ProfileConditions"/>.</param>
    /// <param name="rng">Chance.</param>
    public Tensor Generate(Point at, int count, Tensor? given, Rng rng)
    {
        if (given is null) throw new ArgumentNullException(nameof(given), "A profile needs a length: give ProfileConditions.");
        return GumbelTopN.Select(GumbelTopN.Perturbed(Scores(at, given, rng), given, rng.Fork("gumbel")), given, Temperature);
    }
}
