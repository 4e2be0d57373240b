// A model is a formula over variables. This one places users and items in a space and ranks by distance (Hsieh et al. 2017).
// It knows nothing of attacks, yet it can be attacked and hardened like any other, because it reads at[variable] and nothing else.
//     dotnet run samples/your-own-model.cs
#:project ../src/Bulwark/Bulwark.csproj
#:property PublishAot=false

using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Tensors;

var shop = GeneratedShop.Create(new ShopOptions(Shoppers: 400, Products: 250), seed: 1);
var split = Splits.LeaveLastOut(shop.Dataset.Interactions.DistinctPairs());
var options = new HardeningOptions { Epochs = 20, HardenEpochs = 20, Epsilon = 0.25f, Relative = true, Names = ("metric", "metric-long", "metric-hardened") };
var study = new Study(new RankingTask(split.Train, split.Test), StudyAttack.Standard([0.1f, 0.25f], relative: true), [RankingMetrics.Recall(10)]);
foreach (var model in Hardening.Run(split.Train, () => new MetricFactorization(split.Train.UserCount, split.Train.ItemCount, 16), options, seed: 1))
    study.Add(model.Contender, seed: 1);
ReportTable.ByAttack(study.Rows, "recall@10").WriteText(Console.Out);

/// <summary>ŷ(u, i) = −‖p_u − q_i‖².</summary>
sealed class MetricFactorization(int users, int items, int dimension) : IPairModel
{
    private readonly Variable _users = new("users"), _items = new("items");

    public IReadOnlyList<Variable> Tables => [_users, _items];

    public int UserCount => users;

    public int ItemCount => items;

    public Point Start(Rng rng) => new(
        (_users, Tensor.TruncatedGaussian((users, dimension), 0.1f, rng.Fork("users"))),
        (_items, Tensor.TruncatedGaussian((items, dimension), 0.1f, rng.Fork("items"))));

    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var gap = at[_users].Rows(users) - at[_items].Rows(items);                  // (batch, d)
        return -gap.Dot(gap);                                                       // (batch)
    }

    public Tensor ScoreAll(Point at, Ids users) => FromHere(at, at[_users].Rows(users));

    /// <summary>Someone unknown to training stands in the middle of what they touched.</summary>
    public Tensor? ScoreHistory(Point at, Ids history) => FromHere(at, at[_items].Rows(history).Mean(0, keep: true)).Reshape(items);

    /// <summary>−‖p − q‖² = 2 p · q − ‖p‖² − ‖q‖² for all items at once: (b, d) to (b, items).</summary>
    private Tensor FromHere(Point at, Tensor here) =>
        2 * here.MatMul(at[_items], transposeY: true) - here.Dot(here).Reshape((here.Shape[0], 1)) - at[_items].Dot(at[_items]);
}
