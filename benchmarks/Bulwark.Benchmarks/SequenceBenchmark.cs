using System.Globalization;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Data;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>
/// Milliseconds and garbage of a training step of SASRec on Beauty: 256 histories of up to 50 items, d 64, two blocks of two heads, feed-forward nets
/// of 4d, dropout .2, a negative for each item. With <c>--full</c>, on histories that are all 50 long: what a padded step computes.
/// </summary>
internal static class SequenceBenchmark
{
    private const int Length = 50, Batch = 256;

    public static int Run(string[] args)
    {
        var (options, rng) = (new Arguments(args), new Rng(1));
        var (source, model) = options.Has("full") ? Of(FullHistories(rng), rng) : Beauty(options);
        StepTimes.Of(source(), SequenceObjectives.Binary(model), model.Start(rng), new Adam(0.001f), options.Int("steps", 200), rng).Print("sasrec");
        return 0;
    }

    /// <summary>Beauty's histories, and the model of these steps.</summary>
    public static (Func<NextItemSource> Source, SasRec Model) Beauty(Arguments options) => Of(
        DatasetReader.Open(Path.Combine(DataFolder.Find(options, "s3rec"), "Beauty.txt"), new(InputFormat.Sequences)).Interactions, new Rng(1));

    private static (Func<NextItemSource> Source, SasRec Model) Of(Interactions data, Rng rng)
    {
        var train = Splits.LeaveLastOut(data).Train;
        return (() => new(train, Length, Batch, rng), new(train.ItemCount, new(64, Heads: 2, Length: Length, Widening: 4)));
    }

    /// <summary>Random histories of which 50 items and what follows each are learned from.</summary>
    private static Interactions FullHistories(Rng rng)
    {
        const int users = 2000, events = Length + 2, items = 12_101;
        var (user, item) = (new int[users * events], new int[users * events]);
        for (var n = 0; n < user.Length; n++) (user[n], item[n]) = (n / events, (n % events * (items / events)) + rng.Next(items / events));
        return new(Named(users), Named(items), user, item);

        static Vocabulary Named(int count) => new(Enumerable.Range(0, count).Select(n => n.ToString(CultureInfo.InvariantCulture)));
    }
}
