using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Linear;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Items that nobody has touched, ranked among themselves by a factorization of what users did with the others, whose rows they get from their content: a linear
/// map learned on the known items (Gantner et al. 2010).
/// </summary>
internal sealed class ColdFactors
{
    private readonly Interactions _train;
    private readonly MatrixFactorization _model;
    private readonly Point _at;
    private readonly int[] _known, _cold;
    private readonly UserRows _test, _rest;

    /// <param name="all">What users did, with cold items too.</param>
    /// <param name="known">The items that were touched.</param>
    /// <param name="cold">Those to find.</param>
    /// <param name="options">Of the factorization.</param>
    public ColdFactors(Interactions all, int[] known, int[] cold, ImplicitAlsOptions options)
    {
        (_train, _known, _cold) = (ColdItems.Of(all, known), known, cold);
        (_test, _rest) = (RankingTask.Rows(ColdItems.Of(all, cold)), ColdItems.Rest(all, cold));
        _model = ImplicitAls.Model(all.UserCount, all.ItemCount, options);
        _at = ImplicitAls.Fit(_model, _train, options, new Rng(1));
    }

    /// <summary>(known, d): the rows of the items that were touched, without labels.</summary>
    public LabeledInputs Known
    {
        get
        {
            var rows = _at[_model.Items].Rows(new Ids(_known));
            return new(rows.Shape[1], rows.Values.ToArray(), new int[_known.Length]);
        }
    }

    /// <summary>Recall@10 with these rows of the cold items.</summary>
    public double Recall(Tensor rowsOfCold)
    {
        var values = _at[_model.Items].Values.ToArray();
        var width = rowsOfCold.Shape[1];
        for (var row = 0; row < _cold.Length; row++) rowsOfCold.Values.Slice(row * width, width).CopyTo(values.AsSpan(_cold[row] * width));
        var at = _at.With(_model.Items, Tensor.Of(_at[_model.Items].Shape, values));
        var recommender = new PointRecommender(_model, at, new Popularity(_train.UserCount, _train.ItemCounts()));
        var recall = RankingMetrics.Recall(ColdItems.Cutoff);
        return FullRanking.Evaluate(recommender, _test, _rest, [recall])[recall.Name];
    }
}
