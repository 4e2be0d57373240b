using Bulwark.Models;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses recommenders are trained with. Sums over the batch, so that an attack's gradient does not depend on its size.</summary>
public static class Objectives
{
    /// <summary>L = −Σ ln σ(ŷ(u, i) − ŷ(u, j)): Bayesian personalized ranking (Rendle et al. 2009).</summary>
    public static Objective<Triples> Bpr(IPairModel model) => (batch, rng) => at =>
        -(model.Score(at, batch.Users, batch.Positives, rng) - model.Score(at, batch.Users, batch.Negatives, rng)).LogSigmoid().Sum();

    /// <summary>L = ½ Σ (ŷ(u, i) − r)²: ratings.</summary>
    public static Objective<LabeledPairs> SquaredError(IPairModel model) => (batch, rng) => at =>
    {
        var error = model.Score(at, batch.Users, batch.Items, rng) - batch.Labels.Tensor;
        return (error * error).Sum() * 0.5f;
    };

    /// <summary>L = −Σ ln P(piece | text with holes) over the masked places: a text encoder learns from text alone (Devlin et al. 2019).</summary>
    public static Objective<MaskedTexts> MaskedLanguage(MaskedLanguageHead head) => (batch, rng) => at =>
    {
        var rows = head.Encoder.Of(at, batch.Tokens, rng);                                       // (count, t, d)
        return head.Of(at, rows.Reshape((rows.Shape.Rows, rows.Shape.Last)).Rows(batch.Places)).CrossEntropy(batch.Pieces).Sum();
    };

    /// <summary>L = Σ ln(1 + e^ŷ) − y ŷ: clicks, by cross-entropy from logits.</summary>
    public static Objective<LabeledPairs> LogLoss(IPairModel model) => (batch, rng) => at =>
    {
        var score = model.Score(at, batch.Users, batch.Items, rng);
        return (score.Softplus() - score * batch.Labels.Tensor).Sum();
    };
}
