using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>A training step of Mult-VAE on ML-1M: 500 users, 600-200-600, dropout .5, β .2, Adam.</summary>
internal static class AutoencoderBenchmark
{
    public static int Run(string[] args)
    {
        var (options, rng) = (new Arguments(args), new Rng(1));
        var train = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m")).Interactions;
        var model = new MultVae(train.ItemCount, new());
        var objective = BagObjectives.Variational(model, static _ => 0.2f);
        StepTimes.Of(new BagSource(train, 500, rng), objective, model.Start(rng), new Adam(0.001f), options.Int("steps", 40), rng).Print("mult-vae");
        return 0;
    }
}
