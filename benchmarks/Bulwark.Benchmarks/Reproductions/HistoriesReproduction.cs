using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Attacks.Histories;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// SASRec on Beauty, trained as by <see cref="S3RecReproduction"/>, under attacks on its shoppers' histories: one to three edits that drop the true next item from
/// the list, or bring one of five items drawn from the catalog into it, before and after hardening. Every model trains plainly first and then further in its own
/// way; the control goes on plainly. Attacked is a random sample of the shoppers. Settings were chosen by <c>--validate</c>, which attacks the histories before
/// the validation items; <c>--keep</c> names a folder for the plainly trained model, which is then trained once.
/// </summary>
internal static class HistoriesReproduction
{
    private const int Length = 50, Batch = 256, Drawn = 1000, Edits = 3, Targets = 5;
    private static readonly Metric[] Metrics = [RankingMetrics.HitRate(10), RankingMetrics.Ndcg(10)];

    private static readonly (string Name, IHistoryAttack Attack)[] Searches =
        [("random", new RandomEdits()), ("greedy", GreedyEdits.Sampled()), ("guided", GreedyEdits.Guided())];

    /// <summary>How a model is trained further.</summary>
    private sealed record Way(string Name, Func<IBatchSource<SequenceBatch>, Rng, IBatchSource<SequenceBatch>> Source, Objective<SequenceBatch> Objective);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var all = DatasetReader.Open(Path.Combine(DataFolder.Find(options, "s3rec"), "Beauty.txt"), new(InputFormat.Sequences)).Interactions;
        var known = Splits.LeaveLastOut(all);
        foreach (var seed in options.Seeds())
        {
            var rng = new Rng(seed);
            var (train, held) = Splits.Validation(known.Train, Holdout.LastPerUser, rng);
            var (before, next, part) = options.Has("validate") ? (train, held, "validation") : (known.Train, known.Test, "test");
            var encoder = new SasRec(all.ItemCount, new(Length: Length, Dropout: 0.5f));
            var (model, source) = (new SequenceModel(encoder, train.ByUser), new NextItemSource(train, Length, Batch, rng.Fork("batches"), 0, Drawn));
            var (start, epochs, further) = (Stopwatch.GetTimestamp(), options.Int("epochs", 38), options.Int("further", 12));
            var kept = options.Text("keep") is { } folder ? Path.Combine(folder, $"plain-{seed}-{epochs}.safetensors") : null;
            var plain = Trainer(source, new("plain", epochs, SequenceObjectives.SampledCrossEntropy(encoder)), kept)
                .Run(model.Start(rng.Fork("start")), rng, null, new EpochLines());
            Judge("plain", plain.At, 0);
            foreach (var way in Ways(encoder, options))
            {
                start = Stopwatch.GetTimestamp();
                var trainer = Trainer(way.Source(source, rng), new(way.Name, further, way.Objective));
                Judge(way.Name, trainer.Continue(plain, rng, null, new EpochLines()).At, further);
            }

            void Judge(string name, Point at, int more)
            {
                var (tested, seconds) = (new SequenceModel(encoder, before.ByUser), Figure.Since(start));
                var clean = new RankingTask(before, next).Judge(new PointRecommender(tested, at, new(all.UserCount, train.ItemCounts())), Metrics);
                foreach (var (metric, mean) in clean.Means) Print(name, $"all shoppers, after {epochs} epochs plainly and {more} further", metric, mean, seconds);
                Attack("spoil", Sample(before, next, false, options.Int("shoppers", 2000), rng));
                Attack("push", Sample(before, next, true, options.Int("pushed", 500), rng));

                void Attack(string goal, HistoryCase[] cases)
                {
                    foreach (var (attack, search) in Searches.Where(search => Wanted(options, "attacks", search.Name)))
                    {
                        var (study, clock) = (new HistoryStudy(cases, new(Edits)), Stopwatch.GetTimestamp());
                        study.Add(name, HistoryVictim.Of(tested, at), attack, search, rng.Fork(attack));
                        foreach (var row in study.Rows)
                            Print(name, $"{goal} by {row.Attack}, {row.Epsilon} edits, {cases.Length} shoppers", row.Metric, row.Value, Figure.Since(clock));
                    }
                }
            }

            void Print(string name, string settings, string metric, double value, double seconds) =>
                new Figure("histories Beauty", name, settings, seed, part, metric, value, null, seconds).Print();
        }
        return 0;
    }

    /// <summary>The same shoppers for every model and attack; in turns they are shown the targets.</summary>
    private static HistoryCase[] Sample(Interactions before, Interactions next, bool targeted, int most, Rng rng)
    {
        int[] targets = [.. Shuffled(before.ItemCount, rng.Fork("targets")).Take(Targets)];
        var cases =
            from user in Shuffled(before.UserCount, rng.Fork("shoppers"))
            where before.ByUser.Items(user).Length > 0 && next.ByUser.Items(user).Length > 0
            let target = targets[user % Targets]
            let one = new HistoryCase(before.ByUser.Items(user).ToArray(), next.ByUser.Items(user)[0], targeted ? target : null)
            where !one.History.Contains(target) && !one.History.Contains(one.Next) && one.Next != target
            select one;
        return [.. cases.Take(most)];
    }

    private static int[] Shuffled(int count, Rng rng)
    {
        int[] numbers = [.. Enumerable.Range(0, count)];
        rng.Shuffle<int>(numbers);
        return numbers;
    }

    private static Trainer<SequenceBatch> Trainer(IBatchSource<SequenceBatch> source, Stage<SequenceBatch> stage, string? kept = null) =>
        new(source, [stage], new() { Rule = new Adam(0.001f), Ahead = Team.Threads > 1, Checkpoint = kept, Resume = kept is not null });

    private static IEnumerable<Way> Ways(SasRec encoder, Arguments options)
    {
        var objective = SequenceObjectives.SampledCrossEntropy(encoder);
        Way[] ways =
        [
            new("worst replacements", (source, _) => source, new WorstReplacements(
                encoder, options.Float("share", 0.3f), options.Float("weight", 1)).Harden(SequenceObjectives.SampledCrossEntropy)),
            new("control", (source, _) => source, objective),
            new("moved embeddings", (source, _) => source, new AdversarialTraining(
                GradientAscent.Fgsm, new Threat(new L2Ball(options.Float("epsilon", 0.5f)), encoder.Inputs)).Harden(objective)),
            new("random replacements", (source, rng) => new AugmentedSource<SequenceBatch>(source, rng, HistoryAugmentation.OneOf(
                (_, _) => { }, HistoryEdits.Substitute(options.Float("random-share", 0.3f), (_, draw) => draw.Next(encoder.ItemCount)))), objective),
        ];
        return ways.Where(way => Wanted(options, "ways", way.Name));
    }

    /// <summary>Whether a list of names holds this one, or is not given.</summary>
    private static bool Wanted(Arguments options, string list, string name) => options.Text(list)?.Split(',').Contains(name) ?? true;
}
