using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Models.Recurrent;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Made-up histories of ML-100K, in order: generators learn from two users in three and make as many; they are compared with the third nobody learned from:
/// overlaps of pairs of neighbors and of items five apart, Kolmogorov–Smirnov distances, item coverage, duplicates. <c>--model</c> is gan, likelihood (the same
/// without a critic), chain (Markov, first order), popularity, or real: the people learned from themselves, what can be reached. <c>--attention</c> reads and
/// tells by self-attention instead of recurrent units; <c>--validate</c> compares with a part of the two thirds; <c>--adversarial w</c>, <c>--epochs n</c>,
/// <c>--before n</c>, <c>--length n</c>.
/// </summary>
internal static class OrderedBehaviorReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var all = DatasetReader.Open(DataFolder.Find(options, "ml-100k")).Interactions;
        foreach (var model in (options.Text("model") ?? "gan,likelihood,chain,popularity,real").Split(','))
            Thirds.Measure("behavior-ordered", model, Settings(options).ToString(), all, options, (train, others, rng) => Measured(model, train, others, options, rng));
        return 0;
    }

    private static HistoryGanOptions Settings(Arguments options)
    {
        var usual = new HistoryGanOptions();
        return new(options.Int("epochs", usual.Epochs), options.Int("before", usual.Before))
        {
            Adversarial = options.Float("adversarial", usual.Adversarial), Rate = options.Float("rate", usual.Rate), Length = options.Int("length", usual.Length),
            Dimension = options.Int("dimension", usual.Dimension), MostKnown = options.Int("known", usual.MostKnown),
        };
    }

    private static IEnumerable<(string Metric, double Value)> Measured(string model, Interactions train, Interactions others, Arguments options, Rng rng)
    {
        var made = model == "real" ? train : Sampler(model, train, options, rng).Generate(Thirds.Active(train), train, rng.Fork("made"));
        var quality = HistoryQuality.Of(others, made);
        yield return ("overlap of neighbors", quality.Next);
        yield return ("overlap five apart", quality.Later);
        yield return ("ks activity", quality.Sets.Activity);
        yield return ("ks popularity", quality.Sets.Popularity);
        yield return ("ks reach", quality.Sets.Reach);
        yield return ("item coverage", quality.Sets.Coverage);
        yield return ("duplicates", quality.Sets.Duplicates);
    }

    private static HistorySampler Sampler(string model, Interactions train, Arguments options, Rng rng)
    {
        var (settings, lines) = (Settings(options), options.Has("verbose") ? new EpochLines() : null);
        SasRec Attention() => new(train.ItemCount, new(settings.Dimension, Length: settings.Length));
        Gru4Rec Unit() => new(train.ItemCount, new(settings.Dimension, settings.Length));
        HistoryGan Gan() => options.Has("attention") ? new(train, settings, Attention(), Attention()) : new(train, settings, Unit(), Unit());
        switch (model)
        {
            case "gan":
                var (sampler, result) = Gan().Train(rng, lines);
                foreach (var epoch in result.Curve.Where(_ => lines is not null)) Console.Error.WriteLine(epoch);
                return sampler;
            case "likelihood": return Gan().TrainAlone(rng, lines);
            case "chain": return HistorySampler.MarkovChain(train);
            default:
                var logs = ProfileGenerator.LogPopularity(train.ItemCounts()).Keep();
                return new(train.ItemCount, histories => logs.ExpandTo((histories.Count, train.ItemCount)));
        }
    }
}
