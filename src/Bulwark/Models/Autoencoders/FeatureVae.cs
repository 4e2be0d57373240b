using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Autoencoders;

/// <summary>Settings of <see cref="FeatureVae"/>.</summary>
/// <param name="Latent">Width of the code.</param>
/// <param name="Hidden">Width of the layer before it and of the one behind it.</param>
/// <param name="Categories">How many categories vectors may come from; 0 without.</param>
public sealed record FeatureVaeOptions(int Latent = 8, int Hidden = 64, int Categories = 0);

/// <summary>
/// A variational autoencoder of feature vectors (Kingma and Welling 2014), given their categories where there are some (Sohn, Lee and Yan 2015):
/// z ~ N(μ, σ²), μ and ln σ² linear in tanh(W x + e_c + b); x ~ N(m, s²), m linear in tanh(U z + d_c + a), s one number a column. A code drawn from
/// N(0, 1) gives a vector that might have been in the data.
/// </summary>
/// <param name="columns">Numbers in a vector.</param>
/// <param name="options">Settings.</param>
public sealed class FeatureVae(int columns, FeatureVaeOptions options)
{
    private readonly Dense _encoder = new("encoder"), _mean = new("mean"), _logVariance = new("log-variance"), _decoder = new("decoder"), _output = new("output");
    private readonly Variable _encodedCategory = new("categories.encoder"), _decodedCategory = new("categories.decoder");

    /// <summary>ln s², (columns).</summary>
    public Variable Noise { get; } = new("noise");

    /// <summary>Starting values: Glorot-uniform weights (Glorot and Bengio 2010), zero biases, s = 1.</summary>
    public Point Start(Rng rng)
    {
        var at = _encoder.Start(new Point((Noise, Tensor.Zeros(columns))), columns, options.Hidden, rng);
        at = _logVariance.Start(_mean.Start(at, options.Hidden, options.Latent, rng), options.Hidden, options.Latent, rng);
        at = _output.Start(_decoder.Start(at, options.Latent, options.Hidden, rng), options.Hidden, columns, rng);
        if (options.Categories == 0) return at;
        var bound = MathF.Sqrt(6f / (options.Categories + options.Hidden));
        return at.With(_encodedCategory, Rows(_encodedCategory)).With(_decodedCategory, Rows(_decodedCategory));

        Tensor Rows(Variable table) => Tensor.Uniform((options.Categories, options.Hidden), -bound, bound, rng.Fork(table.Name));
    }

    /// <summary>μ and ln σ² of each vector's code: (batch, columns) to (batch, latent) each.</summary>
    /// <param name="at">The weights.</param>
    /// <param name="x">The vectors.</param>
    /// <param name="categories">The category of each, (batch); not read without categories.</param>
    public (Tensor Mean, Tensor LogVariance) Encode(Point at, Tensor x, Ids categories)
    {
        var hidden = Of(at, _encoder.Of(at, x), _encodedCategory, categories).Tanh();            // (batch, hidden)
        return (_mean.Of(at, hidden), _logVariance.Of(at, hidden));
    }

    /// <summary>m for codes: (batch, latent) to (batch, columns).</summary>
    public Tensor Decode(Point at, Tensor code, Ids categories) => _output.Of(at, Of(at, _decoder.Of(at, code), _decodedCategory, categories).Tanh());

    /// <summary>m for the mean code of each vector: what the model keeps of it. (batch, columns).</summary>
    public Tensor Reconstruct(Point at, Tensor x, Ids categories) => Decode(at, Encode(at, x, categories).Mean, categories);

    /// <summary>−Σ ln N(x; m, s²) = ½ Σ ((x − m)² / s² + ln s² + ln 2π).</summary>
    public Tensor Unlikelihood(Point at, Tensor x, Tensor mean)
    {
        var (error, logVariance) = (x - mean, at[Noise]);
        return (error * error * (-logVariance).Exp() + logVariance + MathF.Log(2 * MathF.PI)).Sum() * 0.5f;
    }

    /// <summary>New vectors, one for each of these categories: x = m(z) + s ε with z and ε from N(0, 1). Without categories only their number counts.</summary>
    public Tensor Generate(Point at, Ids categories, Rng rng)
    {
        var mean = Decode(at, Tensor.Gaussian((categories.Count, options.Latent), 1, rng.Fork("code")), categories);
        return mean + (at[Noise] * 0.5f).Exp() * Tensor.Gaussian(mean.Shape, 1, rng.Fork("noise"));
    }

    private Tensor Of(Point at, Tensor x, Variable table, Ids categories) => options.Categories == 0 ? x : x + at[table].Rows(categories);
}
