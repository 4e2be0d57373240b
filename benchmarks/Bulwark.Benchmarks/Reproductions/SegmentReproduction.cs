using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Made-up people of segments of ML-100K's: generators learn from two users in three with one trait, whether somebody is in the segment, and make 2000 of them.
/// The overlap Σ min(p, q) of what is touched is compared with people of the segment and with others, of the third nobody learned from. <c>--model</c> is gan,
/// autoencoder (without a critic), unconditional (the GAN without the trait, lengths of the segment), or real: people of the segment learned from.
/// <c>--validate</c> as in the others.
/// </summary>
internal static class SegmentReproduction
{
    private static readonly (string Name, Func<AttributeTable, int, bool> Of)[] _segments =
    [
        ("women", (users, row) => users["gender"].Texts[row] == "F"),
        ("under 25", (users, row) => int.Parse(users["age"].Texts[row]!, System.Globalization.CultureInfo.InvariantCulture) < 25),
        ("programmers", (users, row) => users["occupation"].Texts[row] == "programmer"),
    ];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var data = DatasetReader.Open(DataFolder.Find(options, "ml-100k"));
        var (all, users) = (data.Interactions, data.Users!.Align(data.Interactions.Users));
        foreach (var (name, of) in _segments)
            foreach (var model in (options.Text("model") ?? "gan,autoencoder,unconditional,real").Split(','))
                Thirds.Measure("behavior-segments", $"{model}, {name}", BehaviorSamplers.Options(options).ToString(), all, options,
                    (train, others, rng) => Measured(model, train, others, user => of(users, user), options, rng));
        return 0;
    }

    private static IEnumerable<(string Metric, double Value)> Measured(
        string model, Interactions train, Interactions others, Predicate<int> segment, Arguments options, Rng rng)
    {
        float[][]? traits = model == "unconditional" ? null : [.. Enumerable.Range(0, train.UserCount).Select(user => new[] { segment(user) ? 1f : 0 })];
        var gan = new BehaviorGan(train, BehaviorSamplers.Options(options), traits);
        var made = model == "real" ? train.OfUsers(segment)
            : (model == "autoencoder" ? gan.TrainAlone(rng) : gan.Train(rng).Sampler).Generate(2000, train, rng.Fork("users"), traits, segment);
        var (own, rest) = (Overlap(made, others.OfUsers(segment)), Overlap(made, others.OfUsers(user => !segment(user))));
        yield return ("overlap with the segment", own);
        yield return ("overlap with others", rest);
        yield return ("difference", own - rest);
    }

    private static double Overlap(Interactions made, Interactions real)
    {
        var (p, q) = (made.ItemCounts(), real.ItemCounts());
        return p.Zip(q, (a, b) => Math.Min((double)a / made.Count, (double)b / real.Count)).Sum();
    }
}
