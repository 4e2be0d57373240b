using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;
using static Bulwark.Benchmarks.Reproductions.LinearSetting;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Data on which users are made cold, and the settings there of what learns from them.</summary>
/// <param name="Part">What to learn from and what to find.</param>
/// <param name="Ease">The settings of EASE.</param>
/// <param name="Epochs">How long BPR learns.</param>
internal sealed record ColdWorld(LinearPart Part, LinearSetting Ease, int Epochs)
{
    private const double Share = 0.8, Carried = 0.01;

    /// <summary>What <c>--data-set</c> names; with <c>--validate</c> its part carved from training.</summary>
    public static ColdWorld Of(Arguments options)
    {
        var ofShop = options.Text("data-set") == "online-retail";
        var table = LinearTable.All["ml-100k-ranking"];
        var (validation, test) = ofShop ? OfShop(options) : table.Open(options, int.MaxValue);
        var ease = table.Models.Single(one => one.Name == "ease").Chosen;
        var part = (options.Has("validate") ? validation : test).Value;
        return ofShop ? new(part, Linear(new(2000)), 40) : new(part, ease, 20);
    }

    /// <summary>A recommender that learned from this.</summary>
    public IRecommender Fit(string model, Interactions train, ulong seed)
    {
        if (model == "ease") return Ease.Fit(train);
        var (mf, rng) = (new MatrixFactorization(train.UserCount, train.ItemCount, new(64, true)), new Rng(seed));
        var source = new TripleSource(train, 512, rng.Fork("batches"), NegativeSampling.Uniform);
        var options = new TrainingOptions { Rule = new Adagrad(0.05f), Ahead = Team.Threads > 1 };
        var at = new Trainer<Triples>(source, [new("bpr", Epochs, Objectives.Bpr(mf))], options).Run(mf.Start(rng.Fork("start")), rng).At;
        return new PointRecommender(mf, at, new Popularity(train.UserCount, train.ItemCounts()));
    }

    private static (Lazy<LinearPart> Validation, Lazy<LinearPart> Test) OfShop(Arguments options)
    {
        var retail = OnlineRetail.Read(Path.Combine(DataFolder.Find(options, "online-retail"), "online_retail.csv.gz"));
        var (lines, test) = OnlineRetail.ByTime(retail.Purchases, Share);
        return (new(() =>
        {
            var (earlier, later) = OnlineRetail.ByTime(lines, Share);
            return Carrying("validation", earlier, later);
        }), new(() => Carrying("test", lines, test)));
    }

    /// <summary>The products that at least one customer in a hundred has bought until then: the rest is what cold items are about.</summary>
    private static LinearPart Carrying(string name, Interactions lines, Interactions later)
    {
        var pairs = lines.DistinctPairs();
        var (counts, customers) = (pairs.ItemCounts(), Thirds.Active(pairs));
        var train = pairs.Select([.. Enumerable.Range(0, pairs.Count).Where(row => counts[pairs.Item[row]] >= Carried * customers)]).Compact();
        var test = new InteractionsBuilder(train.Users, train.Items);
        for (var row = 0; row < later.Count; row++)
            if (train.Users.TryGet(later.Users[later.User[row]], out var user) && train.Items.TryGet(later.Items[later.Item[row]], out var item))
                test.Add(user, item);
        return new(name, train, new RankingTask(train, test.Build()));
    }
}
