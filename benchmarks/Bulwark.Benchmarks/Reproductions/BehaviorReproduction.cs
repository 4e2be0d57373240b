using System.Diagnostics;
using System.Globalization;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Privacy;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Made-up users of ML-100K, as many as there are: Kolmogorov–Smirnov distances of activity, popularity and reach to the real ones, item coverage, duplicates; what
/// is left of NDCG@10 where EASE or ItemKNN learns from them and ranks for real people; and, of a generator trained on half of the users, nearest neighbors and
/// membership. <c>--model</c> is gan, autoencoder (the same without a critic), vae (Mult-VAE), popularity, or private (the GAN with
/// <c>--epsilon</c> at δ = 10⁻⁵ and <c>--clip</c>); <c>--validate</c> measures on rows carved from training.
/// </summary>
internal static class BehaviorReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (validation, test) = LinearTable.All["ml-100k-ranking"].Open(options, int.MaxValue);
        var part = (options.Has("validate") ? validation : test).Value;
        foreach (var model in options.Text("model")?.Split(',') ?? BehaviorSamplers.All)
        {
            var start = Stopwatch.GetTimestamp();
            var seeds = options.Seeds().Select(seed => Measured(model, part, new Rng(seed), options).ToArray()).ToArray();
            foreach (var (n, (metric, _)) in seeds[0].Index())
            {
                var spread = Spread.Of([.. seeds.Select(seed => seed[n].Value)]);
                var words = model == BehaviorSamplers.Popularity ? "" : BehaviorSamplers.Options(options).ToString();
                new Figure("behavior", model, string.Create(CultureInfo.InvariantCulture, $"{words}; {spread.Count} of deviation {spread.Deviation:F4}"),
                    options.Seeds()[0], part.Name, metric, spread.Mean, null, Figure.Since(start)).Print();
            }
        }
        return 0;
    }

    private static IEnumerable<(string Metric, double Value)> Measured(string model, LinearPart part, Rng rng, Arguments options)
    {
        var train = part.Train;
        var made = Made(train, rng, rng.Fork("made"));
        var quality = BehaviorQuality.Of(train, made);
        yield return ("ks activity", quality.Activity);
        yield return ("ks popularity", quality.Popularity);
        yield return ("ks reach", quality.Reach);
        yield return ("item coverage", quality.Coverage);
        yield return ("duplicates", quality.Duplicates);
        var ndcg = RankingMetrics.Ndcg(10);
        foreach (var recommender in new[] { "ease", "itemknn" })
        {
            var fit = LinearTable.All["ml-100k-ranking"].Models.Single(one => one.Name == recommender).Chosen.Fit;
            double Worth(Interactions data) => part.Task.Judge(new FoldedRecommender(fit(data), train.ByUser), [ndcg])[ndcg.Name];
            var (real, synthetic) = (Worth(train), Worth(made));
            yield return ($"{recommender} ndcg@10 of real", real);
            yield return ($"{recommender} ndcg@10 of synthetic", synthetic);
            yield return ($"{recommender} kept", synthetic / real);
        }
        if (options.Has("no-membership")) yield break;
        int[] order = [.. Enumerable.Range(0, train.UserCount)];
        rng.Fork("halves").Shuffle<int>(order);
        var members = order[..(order.Length / 2)].ToHashSet();
        var (seen, unseen) = (train.OfUsers(members.Contains), train.OfUsers(user => !members.Contains(user)));
        var half = Made(seen, rng.Fork("half"), rng.Fork("half made"));
        var found = Memorization.Of(RankingTask.Rows(half), RankingTask.Rows(seen), RankingTask.Rows(unseen), rng.Fork("drawn"));
        yield return ("copies of training users", found.Copies);
        yield return ("distance to training over holdout", found.Ratio);
        yield return ("membership auc", found.Membership.Auc);
        yield return ("membership tpr at 1% fpr", found.Membership.FewFalse);

        Interactions Made(Interactions from, Rng learning, Rng drawing) => model == BehaviorSamplers.Private
            ? BehaviorSamplers.MadePrivately(train.UserCount, from, options, learning)
            : BehaviorSamplers.Train(model, from, options, learning).Generate(train.UserCount, from, drawing);
    }
}
