// Recommends to people that training never saw: from a history by folding it into the model, from nothing by popularity, and says which it was.
//     dotnet run samples/fold-in.cs
#:project ../src/Bulwark/Bulwark.csproj
#:property PublishAot=false

using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 500, Products: 300), seed: 1);
var train = shop.Dataset.Interactions.DistinctPairs();
var rng = new Rng(1);
var model = new MatrixFactorization(train.UserCount, train.ItemCount, new(Dimension: 32));
var trainer = new Trainer<Triples>(new TripleSource(train, 512, rng.Fork("batches")), [new("bpr", 30, Objectives.Bpr(model))], new TrainingOptions());
var trained = trainer.Run(model.Start(rng.Fork("start")), rng);
var recommender = new PointRecommender(model, trained.At, new Popularity(train.UserCount, train.ItemCounts()));

// Two newcomers: one has opened three products of one category, the other has not done anything yet.
var category = shop.Dataset.Items!.Align(train.Items)["category"];
int[] opened = [.. Enumerable.Range(0, train.ItemCount).Where(item => category.Texts[item] == category.Texts[0]).Take(3)];
Show($"after three products of '{category.Texts[0]}'", opened);
Show("with no history", []);

void Show(string who, int[] history)
{
    var scores = new float[train.ItemCount];
    var source = recommender.ScoreHistory(history, scores);
    foreach (var item in history) scores[item] = float.NegativeInfinity;            // not what they have seen
    var best = Enumerable.Range(0, scores.Length).OrderByDescending(item => scores[item]).Take(5);
    Console.WriteLine($"Someone {who} ({(source == ScoreSource.FoldIn ? "folded in" : "by popularity")}):");
    foreach (var item in best) Console.WriteLine($"    {train.Items[item],-8} {category.Texts[item],-12} {scores[item],8:F2}");
}
