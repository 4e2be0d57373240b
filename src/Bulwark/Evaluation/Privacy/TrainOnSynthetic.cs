using Bulwark.Data;

namespace Bulwark.Evaluation.Privacy;

/// <summary>
/// What synthetic data are worth in place of real ones: a recommender is trained on either, and both rank for real people by their real histories
/// (train on synthetic, test on real: Esteban, Hyland and Rätsch 2017).
/// </summary>
/// <param name="Real">Trained on real data.</param>
/// <param name="Synthetic">Trained on synthetic data.</param>
public sealed record TrainOnSynthetic(RankingResult Real, RankingResult Synthetic)
{
    /// <summary>The share of a metric that is kept.</summary>
    public double Kept(string metric) => Real[metric] > 0 ? Synthetic[metric] / Real[metric] : 1;

    /// <summary>Trains, folds in and measures. The model must rank for histories unknown to training.</summary>
    /// <param name="victim">The way of training.</param>
    /// <param name="synthetic">Made-up users with real items: see <see cref="OverItems"/>.</param>
    /// <param name="train">Real training data, the histories that are folded in.</param>
    /// <param name="test">What should be found.</param>
    /// <param name="metrics">Of rankings.</param>
    /// <param name="seed">Of both trainings.</param>
    /// <param name="cancel">Stops it.</param>
    /// <exception cref="ArgumentException">The synthetic data have other items, or none at all.</exception>
    public static TrainOnSynthetic Run(
        Victim victim, Interactions synthetic, Interactions train, Interactions test, IReadOnlyList<Metric> metrics, ulong seed, CancellationToken cancel = default)
    {
        if (synthetic.ItemCount != train.ItemCount) throw new ArgumentException("The synthetic data number other items; bring them over the real items first.");
        if (synthetic.Count == 0) throw new ArgumentException("The synthetic data have no interaction with a real item.", nameof(synthetic));
        var task = new RankingTask(train, test);
        return new(Judge(train), Judge(synthetic));

        RankingResult Judge(Interactions data) => task.Judge(new FoldedRecommender(victim.Train(data, seed), train.ByUser), metrics, cancel);
    }

    /// <summary>The same interactions with items numbered as in another vocabulary; those with items it does not know are left out.</summary>
    public static Interactions OverItems(Interactions interactions, Vocabulary items)
    {
        var (users, known) = (new List<int>(), new List<int>());
        for (var row = 0; row < interactions.Count; row++)
        {
            if (!items.TryGet(interactions.Items[interactions.Item[row]], out var item)) continue;
            users.Add(interactions.User[row]);
            known.Add(item);
        }
        return new Interactions(interactions.Users, items, [.. users], [.. known]);
    }
}
