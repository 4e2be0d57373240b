// Trains a matrix factorization on a small generated shop, ranks the whole catalog for every shopper and prints five products for one of them.
//     dotnet run samples/train-and-recommend.cs
#:project ../src/Bulwark/Bulwark.csproj
#:property PublishAot=false

using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

// A shop whose truth is known, or your own files: DatasetReader.Open("ratings.csv").Interactions.
var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 500, Products: 300), seed: 1);
var split = Splits.LeaveLastOut(shop.Dataset.Interactions.DistinctPairs());

// A model is a formula; a point holds its values; training makes an objective small.
var rng = new Rng(1);
var model = new MatrixFactorization(split.Train.UserCount, split.Train.ItemCount, new(Dimension: 32));
var source = new TripleSource(split.Train, batch: 512, rng.Fork("batches"));
var trainer = new Trainer<Triples>(source, [new("bpr", 40, Objectives.Bpr(model))], new TrainingOptions());
var trained = trainer.Run(model.Start(rng.Fork("start")), rng);
foreach (var epoch in trained.Curve.Where(epoch => epoch.Epoch % 10 == 0)) Console.WriteLine($"epoch {epoch.Epoch,3}   loss {epoch.Loss:F4}");

// Full ranking: every product the shopper has not touched is a candidate, and ties count against the model.
var task = new RankingTask(split.Train, split.Test);
var recommender = new PointRecommender(model, trained.At, task.Popularity);
var metrics = RankingMetrics.AtK(10);
var (mine, floor) = (task.Judge(recommender, metrics), task.Judge(task.Popularity, metrics));
Console.WriteLine($"\n{"",-12}{"model",8}{"popularity",12}");
foreach (var (name, value) in mine.Means) Console.WriteLine($"{name,-12}{value,8:F4}{floor[name],12:F4}");

// Five products for one shopper, by the ids of the data.
var seen = RankingTask.Rows(split.Train);
var list = FullRanking.Recommend(recommender, [7], seen, k: 5);
Console.WriteLine($"\nFor {split.Train.Users[7]}:");
for (var place = 0; place < 5; place++) Console.WriteLine($"{place + 1}. {split.Train.Items[list.Items(0)[place]],-10} {list.Scores(0)[place],7:F3}");
