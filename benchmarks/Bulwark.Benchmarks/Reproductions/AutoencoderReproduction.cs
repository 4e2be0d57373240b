using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Mult-DAE and Mult-VAE on ML-1M, one test item a user among 99 given negatives (<see cref="NcfPart"/>). Settings and epochs were chosen on what
/// <c>--validate</c> measures, every <c>--every</c> epochs on the way; <c>--epochs</c>, <c>--beta</c>, <c>--anneal</c>, <c>--batch</c> and
/// <c>--dropout</c> try others. <c>--model name</c> takes one model.
/// </summary>
internal static class AutoencoderReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ncf-ml-1m"));
        var part = options.Has("validate") ? NcfPart.Validation(data.Interactions) : NcfPart.Test(data);
        var only = options.Text("model");
        var shape = new AutoencoderOptions(Dropout: options.Float("dropout", 0.5f));
        if (only is null or "mult-dae")
        {
            var dae = new MultDae(part.Train.ItemCount, shape);
            Measure(part, "mult-dae", "", dae, BagObjectives.Multinomial(dae), options.Int("epochs", 60), options);
        }
        if (only is null or "mult-vae")
        {
            var (beta, steps) = (options.Float("beta", 0.2f), options.Int("anneal", 2000));
            var vae = new MultVae(part.Train.ItemCount, shape);
            var objective = BagObjectives.Variational(vae, BagObjectives.Annealed(beta, steps));
            Measure(part, "mult-vae", $"β to {beta} by 1 / {steps} a step, ", vae, objective, options.Int("epochs", 60), options);
        }
        return 0;
    }

    private static void Measure(
        NcfPart part, string name, string words, IAutoencoder formula, Objective<BagBatch> objective, int epochs, Arguments options)
    {
        var (start, rng, batch) = (Stopwatch.GetTimestamp(), new Rng(NcfPart.Seed), options.Int("batch", 200));
        var (rule, every) = (new Adam(0.001f), options.Int("every", 0));
        var model = new BagModel(formula, part.Train.ByUser);
        var training = new TrainingOptions { Rule = rule, Ahead = Team.Threads > 1, ValidateEvery = part.Name == "validation" ? every : 0 };
        var trainer = new Trainer<BagBatch>(new BagSource(part.Train, batch, rng.Fork("batches")), [new(name, epochs, objective)], training);
        var at = trainer.Run(model.Start(rng.Fork("start")), rng, point => HitRate(point)["hr@10"]).At;
        part.Print("ncf-vae", name, $"{words}dropout {options.Float("dropout", 0.5f)}, {rule}, batch {batch}, {epochs} epochs", HitRate(at), (null, null), start);

        RankingResult HitRate(Point point)
        {
            var floor = new Popularity(part.Train.UserCount, part.Train.ItemCounts());
            var result = SampledRanking.Evaluate(new PointRecommender(model, point, floor), part.Cases, NcfPart.Metrics);
            if (every > 0 && part.Name == "validation") Console.Error.WriteLine($"{name} {result["hr@10"]:F4} {result["ndcg@10"]:F4} after {Figure.Since(start):F0} s");
            return result;
        }
    }
}
