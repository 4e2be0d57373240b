using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Items that nobody has touched, ranked among themselves by a content model that knows what users did with the others.</summary>
/// <param name="all">What users did, with cold items too.</param>
/// <param name="known">The items that were touched.</param>
/// <param name="cold">Those to find.</param>
internal sealed class ColdItems(Interactions all, int[] known, int[] cold)
{
    public const int Cutoff = 10;

    private readonly UserRows _test = RankingTask.Rows(Of(all, cold));

    private readonly UserRows _rest = Rest(all, cold);

    /// <summary>What users did with the known items.</summary>
    public Interactions Train { get; } = Of(all, known);

    /// <summary>Recall@10 of a content model with these vectors of all items.</summary>
    public double Recall(Tensor vectors)
    {
        var model = new ContentModel(Train, vectors);
        return Recall(new PointRecommender(model, model.Start(new Rng(0)), new Popularity(all.UserCount, Train.ItemCounts())));
    }

    /// <summary>Recall@10 of any recommender of all items.</summary>
    public double Recall(IRecommender recommender)
    {
        var recall = RankingMetrics.Recall(Cutoff);
        return FullRanking.Evaluate(recommender, _test, _rest, [recall])[recall.Name];
    }

    /// <summary>Recall@10 with these vectors of the known items and of the cold ones.</summary>
    public double Recall(Tensor vectorsOfKnown, Tensor vectorsOfCold)
    {
        var width = vectorsOfKnown.Shape[1];
        var values = new float[all.ItemCount * width];
        Put(known, vectorsOfKnown);
        Put(cold, vectorsOfCold);
        return Recall(Tensor.Of((all.ItemCount, width), values));

        void Put(int[] items, Tensor vectors)
        {
            for (var row = 0; row < items.Length; row++) vectors.Values.Slice(row * width, width).CopyTo(values.AsSpan(items[row] * width));
        }
    }

    /// <summary>For each user all items but these.</summary>
    public static UserRows Rest(Interactions all, int[] items) => UserRows.Of(Enumerable.Repeat(Enumerable.Range(0, all.ItemCount).Except(items), all.UserCount));

    /// <summary>What was done with these items.</summary>
    public static Interactions Of(Interactions all, int[] items)
    {
        var among = new HashSet<int>(items);
        return all.Select([.. Enumerable.Range(0, all.Count).Where(row => among.Contains(all.Item[row]))]);
    }
}
