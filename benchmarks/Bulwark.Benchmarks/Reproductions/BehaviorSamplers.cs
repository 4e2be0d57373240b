using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>The generator of behavior, and what stands in its place: its autoencoder without a critic, Mult-VAE, and popularity.</summary>
internal static class BehaviorSamplers
{
    public const string Private = "private", Gan = "gan", Autoencoder = "autoencoder", Vae = "vae", Popularity = "popularity";

    public static IReadOnlyList<string> All { get; } = [Gan, Autoencoder, Vae, Popularity];

    public static BehaviorGanOptions Options(Arguments options)
    {
        var usual = new BehaviorGanOptions();
        return new(options.Int("epochs", usual.Epochs), options.Int("before", usual.Before))
        {
            Adversarial = options.Float("adversarial", usual.Adversarial), Rate = options.Float("rate", usual.Rate), Hidden = options.Int("hidden", usual.Hidden),
            Latent = options.Int("latent", usual.Latent), Batch = options.Int("batch", usual.Batch), MostKnown = options.Int("known", usual.MostKnown),
        };
    }

    public static ProfileSampler Train(string name, Interactions train, Arguments options, Rng rng)
    {
        var gan = new BehaviorGan(train, Options(options));
        var (lines, verbose) = (new EpochLines(), options.Has("verbose"));
        switch (name)
        {
            case Gan:
                var (sampler, result) = gan.Train(rng, verbose ? lines : null);
                if (verbose)
                    foreach (var epoch in result.Curve.Where(epoch => epoch.Quality is not null)) Console.Error.WriteLine(epoch);
                return sampler;
            case Autoencoder: return gan.TrainAlone(rng, verbose ? lines : null);
            case Vae: return MultVae(train, options, rng);
            default: return ProfileSampler.ByPopularity(train.ItemCounts());
        }
    }

    /// <summary>So many users by the private GAN.</summary>
    public static Interactions MadePrivately(int count, Interactions train, Arguments options, Rng rng)
    {
        var gan = new PrivateBehaviorGan(train, Options(options), options.Float("epsilon", 8), 1e-5, options.Float("clip", 1));
        return gan.Generate(count, rng, options.Has("verbose") ? new EpochLines() : null).Made;
    }

    /// <summary>Mult-VAE, its divergence at full weight: codes of N(0, 1) where nothing is known, else those of what is.</summary>
    private static ProfileSampler MultVae(Interactions train, Arguments options, Rng rng)
    {
        var (items, latent) = (train.ItemCount, options.Int("vae-latent", 32));
        var vae = new Bulwark.Models.Autoencoders.MultVae(items, new(latent, 256, 0.5f));
        var source = new BagSource(train, 100, rng.Fork("batches"));
        var stage = new Stage<BagBatch>(
            Vae, options.Int("vae-epochs", 100), BagObjectives.Variational(vae, BagObjectives.Annealed(options.Float("kl", 1), 500)));
        var at = new Trainer<BagBatch>(source, [stage], new() { Rule = new Adam(1e-3f), Ahead = Team.Threads > 1 }).Run(vae.Start(rng.Fork("start")), rng).At;
        return new(items, (given, chance) =>
        {
            var codes = new Tensor[given.Shape[0]];
            for (var row = 0; row < codes.Length; row++)
            {
                int[] known = [.. Enumerable.Range(0, items).Where(item => given.Values[row * (1 + items) + 1 + item] > 0)];
                var own = chance.Fork(row);
                if (known.Length == 0) codes[row] = Tensor.Gaussian((1, latent), 1, own);
                else
                {
                    var bag = new Bags();
                    bag.Fill(known);
                    var (mean, logVariance) = vae.Encode(at, bag);
                    codes[row] = GaussianCode.Draw(mean, logVariance, own);
                }
            }
            return vae.Decode(at, Tensor.Concat(0, codes));
        });
    }
}
