using System.Diagnostics;
using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Generative;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Sellers who touch up the clips of their products in the generated shop: two towers learn from the events of four products in five, whose features are sound and
/// frames, and score the others by theirs. An attack moves each of those, alone, by up to ε .3 of a feature's deviation, to raise its mean score over shoppers
/// squashed at the tenth place of each, E_u σ(ŷ(u, i) − ŷ(u, tenth)). Success is how much more often it stands among a shopper's first ten: the share of
/// shoppers that it wins. The generator learns on the four fifths.
/// </summary>
internal static class PushedItems
{
    private const int Batch = 100, Place = 10, Dim = 16;
    private const float Epsilon = 0.3f;

    public static void Measure(Arguments options, ulong seed)
    {
        var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
        var shop = GeneratedShop.Create(new ShopOptions(), seed);
        var features = Standard(shop.Media.Sounds.Beside(shop.Media.Frames));
        int[] known = [.. Enumerable.Range(0, features.Count).Where(item => item % 5 > 0)], fresh = [.. Enumerable.Range(0, features.Count).Where(item => item % 5 == 0)];
        var pairs = shop.Dataset.Interactions.DistinctPairs();
        var train = pairs.Select([.. Enumerable.Range(0, pairs.Count).Where(row => pairs.Item[row] % 5 > 0)]);
        var model = new TwoTowers(FieldTable.OfIds("user", train.UserCount), Numbers(features), Dim, new());
        var source = new TripleSource(train, 512, rng.Fork("triples"));
        var trainer = new Trainer<Triples>(source, [new("clean", 10, Objectives.Bpr(model))], new() { Rule = new Adam(0.002f), Ahead = Team.Threads > 1 });
        var at = trainer.Run(model.Start(rng.Fork("start")), rng).At;

        var (users, tenth) = Shoppers(model, at, known);
        var (learn, judge) = (features.Part(known), features.Part(fresh));
        var threat = new Threat(new LinfBall(Epsilon), model.ItemNumbers);
        var moves = new MoveGenerator(features.Input, [options.Int("hidden", 64)]);
        var gan = new AdvGan(moves, new MlpCritic(features.Input, [64]), threat) { Realism = options.Float("realism", 0.001f) };
        var game = gan.On<InputBatch>((batch, _) => point => Won(point, batch.Count).Sigmoid().Mean(1), batch => at.With(model.ItemNumbers, batch.Inputs));
        var learned = new LearnedMoves(
            moves, AdvGanReproduction.Played(options, game, new InputSource(learn, 50, rng.Fork("batches")), gan, rng, options.Int("epochs", 300)));

        var whole = new InputBatch();
        whole.Fill(judge, [.. Enumerable.Range(0, judge.Count)]);
        var clean = at.With(model.ItemNumbers, whole.Inputs);
        var before = Share(Won(clean, judge.Count));
        AdvGanReproduction.Say("items", "none", seed, "new products", before, 0, start);
        foreach (var (name, attack) in AdvGanReproduction.Attacks(learned))
        {
            var share = Share(Won(clean + threat.Project(clean, Find(attack, whole)), judge.Count));
            AdvGanReproduction.Say("items", name, seed, "new products", share - before, AdvGanReproduction.Time(judge, batch => Find(attack, batch)), start);

            Move Find(IAttack how, InputBatch batch) =>
                how.Find(point => Won(point, batch.Count).Sigmoid().Mean(1), at.With(model.ItemNumbers, batch.Inputs), threat, rng.Fork(name));
        }

        // (items, users): ŷ(u, i) − ŷ(u, tenth), above 0 where the item stands among the first ten
        Tensor Won(Point point, int count) =>
            model.ItemRows(point, new Ids([.. Enumerable.Range(0, count)])).MatMul(users, transposeY: true) - tenth;
    }

    private static double Share(Tensor won) => won.Values.ToArray().Average(value => value > 0 ? 1.0 : 0);

    /// <summary>The rows of all shoppers, and the score of the known product at each one's tenth place.</summary>
    private static (Tensor Users, Tensor Tenth) Shoppers(TwoTowers model, Point at, int[] known)
    {
        var users = model.UserRows(at).Keep();
        var scores = users.MatMul(model.ItemRows(at, new Ids(known)), transposeY: true);         // (users, known)
        var tenth = scores.Values.ToArray().Chunk(known.Length).Select(row => row.OrderDescending().ElementAt(Place - 1)).ToArray();
        return (users, Tensor.Of((1, tenth.Length), tenth).Keep());
    }

    private static FieldTable Numbers(LabeledInputs features) => new(features.Count, [], [.. Enumerable.Range(0, features.Input.Count).Select(column =>
        new NumberField($"feature {column}", Enumerable.Range(0, features.Count).Select(item => features[item][column]).ToArray()))]);

    /// <summary>Each column at mean 0 and deviation 1.</summary>
    private static LabeledInputs Standard(LabeledInputs from)
    {
        var width = from.Input.Count;
        var values = new float[from.Count * width];
        for (var column = 0; column < width; column++)
        {
            var all = Enumerable.Range(0, from.Count).Select(i => (double)from[i][column]).ToArray();
            var mean = all.Average();
            var deviation = Math.Sqrt(all.Average(value => (value - mean) * (value - mean))) + 1e-9;
            for (var i = 0; i < from.Count; i++) values[i * width + column] = (float)((all[i] - mean) / deviation);
        }
        return new(width, values, from.Labels.ToArray());
    }
}
