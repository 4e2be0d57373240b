using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Classifiers;
using Bulwark.Models.Content;
using Bulwark.Models.Convolutional;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Products of the generated shop that nobody has touched, by their pictures: content models over pixels and over the vectors of a small encoder that told
/// categories apart; a tower over these vectors, frozen; and the tower that fine-tunes the encoder, from there or from nothing.
/// </summary>
internal static class PictureTowers
{
    private const int Hidden = 64;
    private static readonly ConvolutionalOptions Small = new(Hidden, 0, (16, new(3, 3, 2, 1)), (32, new(3, 3, 2, 1)));

    public static void Measure(LabeledInputs pictures, Interactions all, Arguments options, ulong seed, int[] known, int[] cold)
    {
        var (start, rng, shop) = (Stopwatch.GetTimestamp(), new Rng(seed), new ColdItems(all, known, cold));
        var raw = MnistGanReproduction.Inputs(pictures, 0, pictures.Count);
        int[] everything = [.. Enumerable.Range(0, all.ItemCount)];
        var blank = new ImageEncoder(pictures.Input, Small);
        var untrained = new PictureItems(blank, raw, blank.Start(new Point(), rng.Fork("untrained")));
        var (encoder, told) = OfCategories(pictures, known, options, rng.Fork("categories"));
        var categories = new PictureItems(encoder, raw, told);
        var (fromCategories, fromNothing) = (Vectors(categories), Vectors(untrained));

        Print("chance", (double)ColdItems.Cutoff / cold.Length);
        Print("content, pixels", shop.Recall(ItemVectors.Whitened(raw.Reshape((raw.Shape[0], raw.Shape.RowLength)))));
        Print("content, untrained encoder", shop.Recall(ItemVectors.Whitened(fromNothing)));
        Print("content, encoder of categories", shop.Recall(ItemVectors.Whitened(fromCategories)));
        Tower("tower, untrained encoder frozen", new GivenItems(fromNothing), fromNothing);
        Tower("tower, untrained encoder fine-tuned", untrained, fromNothing);
        Tower("tower, encoder of categories frozen", new GivenItems(fromCategories), fromCategories);
        Tower("tower, encoder of categories fine-tuned", categories, fromCategories);

        Tensor Vectors(PictureItems items) => items.Encode(items.Start(rng), everything).Keep();

        void Tower(string name, IItemEncoder items, Tensor vectors)
        {
            var (mean, map) = ItemVectors.WhiteningOf(vectors);
            var model = new ItemTower(shop.Train, new WhitenedItems(items, mean, map), new(0, Hidden, Profile: options.Float("profile", 5)));
            var source = new TripleSource(shop.Train, 1024, rng.Fork("batches"), options.Has("popularity") ? NegativeSampling.Popularity : NegativeSampling.Uniform);
            var trainer = new Trainer<Triples>(source, [new("bpr", options.Int("tower-epochs", 10), Objectives.Bpr(model))], new()
            {
                Rule = new Adam(options.Float("tower-rate", 0.001f)), L2 = options.Float("tower-l2", 0), ValidateEvery = options.Int("every", 0),
            });
            var at = trainer.Run(model.Start(rng.Fork("start")), rng.Fork("trainer"), Watch).At;
            Print(name, Recall(at));

            double Watch(Point at)
            {
                Console.Error.WriteLine($"  {name}: {Recall(at):F4}");
                return 0;
            }

            double Recall(Point at) => shop.Recall(new PointRecommender(model, at, new Popularity(all.UserCount, shop.Train.ItemCounts())));
        }

        void Print(string name, double value) => new Figure(
            "modalities", $"untouched products by picture, {name}", "", seed, options.Has("validate") ? "validation" : "test",
            "recall@10", value, null, Figure.Since(start)).Print();
    }

    /// <summary>The encoder in a net that tells the categories of the known products' pictures apart.</summary>
    private static (ImageEncoder Encoder, Point At) OfCategories(LabeledInputs pictures, int[] known, Arguments options, Rng rng)
    {
        var net = new ConvolutionalClassifier(pictures.Input, pictures.Labels.ToArray().Max() + 1, Small);
        var source = new InputSource(pictures.Part(known), 50, rng.Fork("batches"));
        Stage<InputBatch> stage = new("categories", options.Int("category-epochs", 20), ClassifierObjectives.OnInputs(
            net, ClassifierObjectives.CrossEntropy(net)));
        return (net.Encoder, new Trainer<InputBatch>(source, [stage], new() { Rule = new Adam(0.002f) }).Run(net.Start(rng.Fork("start")), rng).At);
    }
}
