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
/// Sellers who touch up the clips of their products in the generated shop: two towers know products by sound and frames alone. An attack moves the features of each
/// product, alone, by up to ε .3 of their deviation, to raise E_u σ(ŷ(u, i) − ŷ(u, tenth)), with the product at the tenth place of each shopper as it was. Success is the
/// share of shoppers among whose first ten it comes to stand and did not before. The generator learns on four products in five and pushes the fifth.
/// </summary>
internal static class PushedItems
{
    private const int Place = 10, Dim = 16;
    private const float Epsilon = 0.3f;

    public static void Measure(Arguments options, ulong seed)
    {
        var (start, rng) = (Stopwatch.GetTimestamp(), new Rng(seed));
        var shop = GeneratedShop.Create(new ShopOptions(), seed);
        var features = Standard(shop.Media.Sounds.Beside(shop.Media.Frames));
        var train = shop.Dataset.Interactions.DistinctPairs();
        var model = new TwoTowers(FieldTable.OfIds("user", train.UserCount), Numbers(features), Dim, new());
        var source = new TripleSource(train, 512, rng.Fork("triples"));
        var trainer = new Trainer<Triples>(source, [new("clean", 10, Objectives.Bpr(model))], new() { Rule = new Adam(0.002f), Ahead = Team.Threads > 1 });
        var at = trainer.Run(model.Start(rng.Fork("start")), rng).At;

        var (users, tenth) = Shoppers(model, at);
        var (learn, judge) = (Part(item => item % 5 > 0), Part(item => item % 5 == 0));
        var inputs = new Variable("features");
        var threat = new Threat(new LinfBall(Epsilon), inputs);
        var moves = new MoveGenerator(features.Input, [options.Int("hidden", 128)]);
        var gan = new AdvGan(moves, new MlpCritic(features.Input, [64]), threat) { Realism = options.Float("realism", 0.001f) };
        var game = gan.On<InputBatch>((batch, _) => Wish(batch), batch => at.With(inputs, batch.Inputs));
        var learned = new LearnedMoves(
            moves, AdvGanReproduction.Played(options, game, new InputSource(learn, 50, rng.Fork("batches")), gan, rng, options.Int("epochs", 300)));

        var whole = new InputBatch();
        whole.Fill(judge, [.. Enumerable.Range(0, judge.Count)]);
        var clean = at.With(inputs, whole.Inputs);
        var before = Won(clean).Values.ToArray();
        foreach (var (name, attack) in AdvGanReproduction.Attacks(learned))
        {
            var after = Won(clean + threat.Project(clean, Find(whole))).Values.ToArray();
            var success = before.Zip(after).Count(pair => pair.First <= 0 && pair.Second > 0) / (double)before.Count(value => value <= 0);
            AdvGanReproduction.Say("items", name, seed, "other products", success, AdvGanReproduction.Time(judge, Find), start);

            Move Find(InputBatch batch) => attack.Find(Wish(batch), at.With(inputs, batch.Inputs), threat, rng.Fork(name));
        }

        Loss Wish(InputBatch batch) => point => Won(point).Sigmoid().Mean(1);                    // (items)

        // (items, users): ŷ(u, i) − ŷ(u, tenth)
        Tensor Won(Point point)
        {
            var count = point[inputs].Shape[0];
            var rows = model.ItemRows(point.With(model.ItemNumbers, point[inputs].Pad(0, 0, count)), new Ids([.. Enumerable.Range(0, count)]));
            return rows.MatMul(users, transposeY: true) - tenth;
        }

        LabeledInputs Part(Func<int, bool> taken) => features.Part([.. Enumerable.Range(0, features.Count).Where(taken)]);
    }

    /// <summary>The rows of all shoppers, and the score of the product at each one's tenth place.</summary>
    private static (Tensor Users, Tensor Tenth) Shoppers(TwoTowers model, Point at)
    {
        var users = model.UserRows(at).Keep();
        var scores = users.MatMul(model.ItemRows(at), transposeY: true);                         // (users, items)
        var tenth = scores.Values.ToArray().Chunk(model.ItemCount).Select(row => row.OrderDescending().ElementAt(Place - 1)).ToArray();
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
