using Bulwark.Models.Fields;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses that models of fields are trained with. Sums over the batch.</summary>
public static class FieldObjectives
{
    /// <summary>L = Σ ln(1 + e^ŷ) − y ŷ at a point where the numbers stand: clicks, by cross-entropy from logits.</summary>
    public static Objective<FieldBatch> LogLoss(IFieldScorer scorer) => Of(scorer, PointLosses.LogLoss);

    /// <summary>L = ½ Σ (ŷ − y)² at a point where the numbers stand: ratings, prices, amounts.</summary>
    public static Objective<FieldBatch> SquaredError(IFieldScorer scorer) => Of(scorer, PointLosses.SquaredError);

    /// <summary>The objective at a point of weights alone, where it puts the batch's numbers: a defense goes inside, the trainer outside.</summary>
    public static Objective<FieldBatch> OnNumbers(IFieldScorer scorer, Objective<FieldBatch> objective) =>
        scorer.Shape.NumberCount == 0 ? objective : objective.Bringing(scorer.Shape.Numbers, static (_, batch) => batch.Numbers);

    private static Objective<FieldBatch> Of(IFieldScorer scorer, Func<Tensor, Tensor, Tensor> loss) => (batch, rng) => at =>
        loss(scorer.Score(at, batch.Rows, rng), batch.Labels.Tensor);
}
