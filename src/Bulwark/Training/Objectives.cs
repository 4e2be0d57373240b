using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses recommenders are trained with. Sums over the batch, so that an attack's gradient does not depend on its size.</summary>
public static class Objectives
{
    /// <summary>L = −Σ ln σ(ŷ(u, i) − ŷ(u, j)): Bayesian personalized ranking (Rendle et al. 2009).</summary>
    public static Objective<Triples> Bpr(IPairModel model) => (batch, rng) => bare =>
    {
        var at = model.PreparedFor(bare, batch.Positives, batch.Negatives);
        return -(model.Score(at, batch.Users, batch.Positives, rng) - model.Score(at, batch.Users, batch.Negatives, rng)).LogSigmoid().Sum();
    };

    /// <summary>
    /// L + λ/2 Σ ‖p_u‖² + ‖q_i‖² + ‖q_j‖² over the triples: decay of the rows that a batch names, as often as it names them. For a model that
    /// propagates rows these are the rows before (He et al. 2020), where the trainer's own decay would see every row.
    /// </summary>
    /// <param name="objective">L.</param>
    /// <param name="users">The table of p.</param>
    /// <param name="items">The table of q.</param>
    /// <param name="l2">λ.</param>
    public static Objective<Triples> WithRowDecay(this Objective<Triples> objective, Variable users, Variable items, float l2) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at =>
        {
            var (p, q, other) = (at[users].Rows(batch.Users), at[items].Rows(batch.Positives), at[items].Rows(batch.Negatives));
            return loss(at) + (p.Dot(p) + q.Dot(q) + other.Dot(other)).Sum() * (l2 / 2);
        };
    };

    /// <summary>The objective with some variables held where they are: nothing is learned of them.</summary>
    public static Objective<TBatch> Freezing<TBatch>(this Objective<TBatch> objective, IReadOnlyList<Variable> frozen) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at => loss(at.Map((variable, value) => frozen.Contains(variable) ? value.Fixed() : value));
    };

    /// <summary>
    /// L = Σ 1 − cos(u, i) + w/n Σ_j max(0, cos(u, j) − m) over n drawn items j: the cosine contrastive loss (SimpleX: Mao et al. 2021).
    /// </summary>
    /// <param name="model">The formula.</param>
    /// <param name="margin">m: items less alike than that are far enough.</param>
    /// <param name="weight">w, of the drawn items beside the touched one.</param>
    public static Objective<ContrastiveBatch> Contrastive(CosineModel model, float margin, float weight) => (batch, rng) => bare =>
    {
        var at = model.PreparedFor(bare, batch.Positives, batch.Drawn);
        var users = model.UserRows(at, batch.Users, rng?.Fork("users"));                         // (batch, d)
        var touched = model.ItemRows(at, batch.Positives, rng?.Fork("touched"));                 // (batch, d)
        var drawn = model.ItemRows(at, batch.Drawn, rng?.Fork("drawn"));                         // (drawn, d)
        var near = (users.MatMul(drawn, transposeY: true) - margin).Relu();                      // (batch, drawn)
        var shares = batch.Shares.Tensor.Reshape((batch.Count, batch.Drawn.Count));
        return (1 - users.Dot(touched)).Sum() + (near * shares).Sum() * weight;
    };

    /// <summary>
    /// L = −Σ ln e^{p_u·q_i/τ} / (e^{p_u·q_i/τ} + Σ_j e^{p_u·q_j/τ}) over drawn items j that u has not touched: the softmax over a sample that two towers
    /// are trained with (Yi et al. 2019). All items are drawn alike, so nothing needs to be corrected.
    /// </summary>
    /// <param name="model">The formula; its biases are not looked at.</param>
    /// <param name="temperature">τ.</param>
    public static Objective<ContrastiveBatch> SampledSoftmax(IRowModel model, float temperature) => (batch, rng) => bare =>
    {
        var at = model.PreparedFor(bare, batch.Positives, batch.Drawn);
        var users = model.UserRows(at, batch.Users, rng?.Fork("users")) * (1 / temperature);     // (batch, d)
        var touched = users.Dot(model.ItemRows(at, batch.Positives, rng?.Fork("touched"))).Reshape((batch.Count, 1));
        var drawn = users.MatMul(model.ItemRows(at, batch.Drawn, rng?.Fork("drawn")), transposeY: true);               // (batch, drawn)
        var mask = Tensor.Concat(1, Tensor.Zeros((batch.Count, 1)), batch.Shares.Tensor.Reshape(drawn.Shape).Step().Log());
        return -Tensor.Concat(1, touched, drawn).LogSoftmax(mask).Slice(1, 0, 1).Sum();
    };

    /// <summary>L = ½ Σ (ŷ(u, i) − r)²: ratings.</summary>
    public static Objective<LabeledPairs> SquaredError(IPairModel model) => (batch, rng) => at =>
        PointLosses.SquaredError(model.Score(at, batch.Users, batch.Items, rng), batch.Labels.Tensor);

    /// <summary>L = Σ ln(1 + e^ŷ) − y ŷ: clicks, by cross-entropy from logits.</summary>
    public static Objective<LabeledPairs> LogLoss(IPairModel model) => LogLoss(model, 0);

    /// <summary>The same with labels (1 − s) y + s/2: <see cref="LabelSmoothing"/>.</summary>
    public static Objective<LabeledPairs> LogLoss(IPairModel model, float smoothing) => (batch, rng) => at =>
    {
        var labels = batch.Labels.Tensor;
        return PointLosses.LogLoss(
            model.Score(at, batch.Users, batch.Items, rng), smoothing == 0 ? labels : labels * (1 - smoothing) + smoothing / 2);
    };

    /// <summary>The objective's sum at a point without this variable, which each batch brings: a defense goes inside, the trainer outside.</summary>
    /// <param name="objective">What reads the variable.</param>
    /// <param name="variable">A batch of inputs.</param>
    /// <param name="value">Its value at a point for a batch.</param>
    public static Objective<TBatch> Bringing<TBatch>(this Objective<TBatch> objective, Variable variable, Func<Point, TBatch, Tensor> value) => (batch, rng) =>
    {
        var loss = objective(batch, rng);
        return at => loss(at.With(variable, value(at, batch))).Sum();
    };

    /// <summary>L = −Σ ln P(piece | text with holes) over the masked places: a text encoder learns from text alone (Devlin et al. 2019).</summary>
    public static Objective<MaskedTexts> MaskedLanguage(MaskedLanguageHead head) => (batch, rng) => at =>
    {
        var rows = head.Encoder.Of(at, batch.Tokens, rng);                                       // (count, t, d)
        return head.Of(at, rows.Reshape((rows.Shape.Rows, rows.Shape.Last)).Rows(batch.Places)).CrossEntropy(batch.Pieces).Sum();
    };
}
