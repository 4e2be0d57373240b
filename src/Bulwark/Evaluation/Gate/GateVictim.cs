using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation.Gate;

/// <summary>A model as the gate sees it.</summary>
/// <param name="Loss">What attackers make large: a value for each example, or one for all where they share what moves.</param>
/// <param name="At">Where the model stands, inputs included.</param>
/// <param name="Threat">What may move at a radius.</param>
/// <param name="Figures">The figure of each example at a point: 1 where it is right, else 0; or a metric of each user.</param>
/// <param name="Chance">The mean figure of guessing.</param>
public sealed record GateVictim(Loss Loss, Point At, Func<float, Threat> Threat, Func<Point, double[]> Figures, double Chance)
{
    /// <summary>Above 0 for an example where the model is wrong: what an attack by decisions reads; null where nothing is decided.</summary>
    public Loss? Margin { get; init; }

    /// <summary>Another loss that an attacker with gradients climbs, such as the margin of rankings; null for none.</summary>
    public Loss? Other { get; init; }

    /// <summary>What pulls each example toward a wrong answer; null where there are no answers to choose from.</summary>
    public Loss? Toward { get; init; }

    /// <summary>The same model without its defense; null where there is none.</summary>
    public GateVictim? Twin { get; init; }

    /// <summary>The model with each part of its defense left out.</summary>
    public IReadOnlyList<(string Part, GateVictim Without)> Parts { get; init; } = [];

    /// <summary>A classifier on inputs.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="weights">Its weights.</param>
    /// <param name="inputs">What to classify.</param>
    /// <param name="threat">What may move at a radius.</param>
    public static GateVictim Of(IClassifier model, Point weights, LabeledInputs inputs, Func<float, Threat> threat)
    {
        var batch = new InputBatch();
        batch.Fill(inputs, [.. Enumerable.Range(0, inputs.Count)]);
        var (at, labels) = (weights.With(model.Inputs, batch.Inputs), batch.Labels);
        var clean = model.Logits(at);
        var rival = LogitLosses.Ranked(clean, 1, labels)[0];
        return new(Of(logits => logits.CrossEntropy(labels)), at, threat, Figures, 1.0 / clean.Shape.Last)
        {
            Margin = Of(logits => logits.Margin(labels)),
            Toward = Of(logits => logits.MarginToward(rival)),
        };

        Loss Of(Func<Tensor, Tensor> loss) => point => loss(model.Logits(point));

        double[] Figures(Point point)
        {
            using var scope = Scope.Open();
            return [.. Accuracy.IsRight(model.Logits(point), labels).Select(right => right ? 1.0 : 0)];
        }
    }
}
