// An attack is one method: given a loss, a point and a threat, return a move that makes the loss large.
// This one needs no gradient of the loss: it tries random moves and keeps the worst. It is then compared with the built-in attacks.
//     dotnet run samples/your-own-attack.cs
#:project ../src/Bulwark/Bulwark.csproj
#:property PublishAot=false

using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 300, Products: 200), seed: 1);
var split = Splits.LeaveLastOut(shop.Dataset.Interactions.DistinctPairs());
var rng = new Rng(1);
var model = new MatrixFactorization(split.Train.UserCount, split.Train.ItemCount, new(Dimension: 16));
var objective = Objectives.Bpr(model);
var trainer = new Trainer<Triples>(new TripleSource(split.Train, 256, rng.Fork("batches")), [new("bpr", 30, objective)], new TrainingOptions());
var trained = trainer.Run(model.Start(rng.Fork("start")), rng);

// What the attackers make large, and where they may move: every row of both tables, by at most a quarter of its table's mean row norm.
var loss = Hardening.AttackedLoss(split.Train, objective, rng);
var threat = new Threat(new L2Ball(0.25f), model.Tables).RelativeTo(trained.At);
var task = new RankingTask(split.Train, split.Test);

(string, IAttack)[] attacks = [("noise", new Noise()), ("random search", new RandomSearch(50)), ("fgsm", GradientAscent.Fgsm), ("pgd-10", GradientAscent.Pgd(10))];
Show("clean", trained.At);
foreach (var (name, attack) in attacks) Show(name, trained.At + attack.Find(loss, trained.At, threat, rng.Fork(name)));

void Show(string name, Point at)
{
    var recall = task.Judge(new PointRecommender(model, at, task.Popularity), [RankingMetrics.Recall(10)])["recall@10"];
    Console.WriteLine($"{name,-14} loss {loss(at).Item() / split.Train.Count:F4}   recall@10 {recall:F4}");
}

/// <summary>Random moves at the full radius; the one with the largest loss wins. What it cannot beat by much, a gradient found.</summary>
/// <param name="Tries">How many moves.</param>
sealed record RandomSearch(int Tries) : IAttack
{
    public Move Find(Loss loss, Point at, Threat threat, Rng rng)
    {
        var (worst, found) = (loss(at).Item(), Move.Zero);
        for (var i = 0; i < Tries; i++)
        {
            using var scope = Scope.Open();                      // the memory of one try goes back here …
            var like = new Move([.. threat.Variables.Select(variable => (variable, at[variable]))]);
            var direction = like.Map((_, table) => Tensor.Gaussian(table.Shape, 1, rng));
            var move = threat.Project(at, threat.Steepest(direction, share: 1));
            var value = loss(at + move).Item();
            if (value > worst) (worst, found) = (value, move.Promote());   // … except what is promoted
        }
        return found;
    }
}
