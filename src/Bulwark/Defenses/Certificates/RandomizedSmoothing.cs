using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using MathNet.Numerics.Distributions;

namespace Bulwark.Defenses.Certificates;

/// <summary>What is proven of one input.</summary>
/// <param name="Class">The smoothed class; null where it abstains.</param>
/// <param name="Radius">No input nearer than that in L2 has another smoothed class; 0 where it abstains.</param>
/// <param name="Probability">The lower bound of the probability of the class under noise.</param>
public readonly record struct CertifiedClass(int? Class, double Radius, double Probability);

/// <summary>
/// Randomized smoothing (Cohen et al. 2019): g(x) is the class that f gives x + σ N(0, I) most often. If P(f = c) ≥ p &gt; ½, g is c within σ Φ⁻¹(p) of x: by the
/// Neyman–Pearson lemma, of all regions with Gaussian mass p the one that loses most by a shift of r is a half-space, and its mass after the shift is
/// Φ(Φ⁻¹(p) − r/σ), above ½ as long as r &lt; σ Φ⁻¹(p). The class is chosen with some samples and p bounded from others, so that choosing does not bias
/// the bound; a certificate is wrong with a probability of at most α. It is one of g, not of f: train f under the same noise.
/// </summary>
/// <param name="Sigma">σ.</param>
/// <param name="Choosing">Samples that choose the class.</param>
/// <param name="Bounding">Samples, fresh ones, that bound p.</param>
/// <param name="Alpha">α.</param>
public sealed record RandomizedSmoothing(float Sigma, int Choosing = 100, int Bounding = 100_000, double Alpha = 0.001)
{
    private const int Batch = 500;

    /// <summary>Certifies one input.</summary>
    /// <param name="model">f.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="input">(1, …).</param>
    /// <param name="rng">Drives the noise.</param>
    public CertifiedClass Certify(IClassifier model, Point at, Tensor input, Rng rng)
    {
        var guess = MostOf(Count(model, at, input, Choosing, rng.Fork("choosing")));
        return Of(guess, Count(model, at, input, Bounding, rng.Fork("bounding"))[guess]);
    }

    /// <summary>The certificate for a class that was chosen beforehand and came so often among the samples that bound it.</summary>
    public CertifiedClass Of(int chosen, int count)
    {
        var p = ClopperPearson.Lower(count, Bounding, Alpha);
        return p > 0.5 ? new(chosen, Sigma * Normal.InvCDF(0, 1, p), p) : new(null, 0, p);
    }

    /// <summary>How often each class wins under noise; of equal logits the first.</summary>
    private int[] Count(IClassifier model, Point at, Tensor input, int samples, Rng rng)
    {
        var counts = Array.Empty<int>();
        for (var done = 0; done < samples; done += Batch)
        {
            using var scope = Scope.Open();
            var noise = Tensor.Gaussian(input.Shape.With(0, Math.Min(Batch, samples - done)), Sigma, rng.Fork(done));
            var logits = model.Logits(at.With(model.Inputs, noise + input));                     // (batch, classes)
            if (counts.Length == 0) counts = new int[logits.Shape.Last];
            for (var row = 0; row < logits.Shape[0]; row++) counts[MostOf(logits.Values.Slice(row * counts.Length, counts.Length))]++;
        }
        return counts;
    }

    private static int MostOf<T>(ReadOnlySpan<T> values) where T : IComparable<T>
    {
        var most = 0;
        for (var i = 1; i < values.Length; i++) if (values[i].CompareTo(values[most]) > 0) most = i;
        return most;
    }

    private static int MostOf(int[] counts) => MostOf<int>(counts);
}
