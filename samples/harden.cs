// The main experiment in code: train, attack, harden, compare with the two controls that keep the result honest.
//     dotnet run samples/harden.cs
#:project ../src/Bulwark/Bulwark.csproj
#:property PublishAot=false

using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;

var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 500, Products: 300), seed: 1);
var split = Splits.LeaveLastOut(shop.Dataset.Interactions.DistinctPairs());

// ε is a share of each table's mean row norm: a model cannot look robust by growing its rows.
var study = new Study(new RankingTask(split.Train, split.Test), StudyAttack.Standard([0.25f, 0.5f], relative: true), [RankingMetrics.Recall(10)]);
foreach (ulong seed in (ulong[])[1, 2, 3])
{
    // Three models that share their first epochs to the bit: plain, plain for as long as the hardened one, hardened.
    var models = Hardening.Run(
        split.Train, () => new MatrixFactorization(split.Train.UserCount, split.Train.ItemCount, new(Dimension: 32)),
        new HardeningOptions { Epochs = 20, HardenEpochs = 20, Epsilon = 0.3f, Relative = true }, seed);
    foreach (var model in models) study.Add(model.Contender, seed);
}

Console.WriteLine("Recall@10, mean ± deviation over three seeds\n");
ReportTable.ByAttack(study.Rows, "recall@10").WriteText(Console.Out);

Console.WriteLine("\nMean row norms, what ε is a share of:");
foreach (var norm in study.Norms) Console.WriteLine($"{norm.Model,-10}{norm.Table,-8}{norm.MeanRowNorm,7:F3}");

Console.WriteLine("\nShare of the clean figure lost, apr minus bpr-long (below 0: apr loses less), paired over seeds:");
foreach (var test in study.Compare("apr", "bpr-long", "recall@10").Where(test => test.Epsilon > 0))
    Console.WriteLine($"{test.Attack,-8} ε {test.Epsilon:F2}   {test.MeanDifference,7:F3}   p {test.P:F3}");
