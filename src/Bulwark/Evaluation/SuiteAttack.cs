using Bulwark.Attacks;
using Bulwark.Attacks.BlackBox;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Evaluation;

/// <summary>One attack of a <see cref="Suite"/>: a search, and the losses that it makes large one after the other.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Of">The search on a model.</param>
/// <param name="Attempts">How often it tries; each time on what has withstood it so far.</param>
/// <param name="LossOf">The loss of an attempt on a batch of inputs, which stand at the point; null where there is no such attempt.</param>
public sealed record SuiteAttack(string Name, Func<IClassifier, IAttack> Of, int Attempts, Func<IClassifier, Point, Ids, int, Loss?> LossOf)
{
    /// <summary>Makes the cross-entropy large.</summary>
    public static SuiteAttack CrossEntropy(string name, IAttack attack, int attempts = 1) =>
        new(name, _ => attack, attempts, static (model, _, labels, _) => at => model.Logits(at).CrossEntropy(labels));

    /// <summary>Makes the margin large: what searches by decision or by score need.</summary>
    public static SuiteAttack Margin(string name, IAttack attack, int attempts = 1) => new(name, _ => attack, attempts, MarginOf);

    /// <summary>A search for the shortest move, which reads the model's scores for all classes; what is longer than the threat allows is cut.</summary>
    public static SuiteAttack Shortest(string name, Func<Func<Point, Tensor>, IAttack> attack) => new(name, model => attack(at => model.Logits(at)), 1, MarginOf);

    /// <summary>
    /// Makes the likeliest wrong classes win, one at an attempt: by the ratio of logit differences where there are four classes, else by the margin.
    /// </summary>
    public static SuiteAttack Targeted(string name, IAttack attack, int targets = 9) => new(name, _ => attack, targets, static (model, clean, labels, attempt) =>
    {
        var logits = model.Logits(clean);
        if (attempt >= logits.Shape.Last - 1) return null;
        var target = LogitLosses.Ranked(logits, attempt + 1, labels)[attempt];
        return logits.Shape.Last >= 4 ? at => model.Logits(at).DlrToward(labels, target) : at => model.Logits(at).MarginToward(target);
    });

    /// <summary>
    /// APGD on the cross-entropy, APGD toward each of the nine likeliest wrong classes, FAB toward the nearest of all classes, and Square: after AutoAttack (Croce
    /// and Hein 2020).
    /// </summary>
    /// <param name="steps">Steps of APGD and FAB.</param>
    /// <param name="queries">Queries of Square.</param>
    public static IReadOnlyList<SuiteAttack> Standard(int steps = 100, int queries = 5000) =>
    [
        CrossEntropy("apgd-ce", new Apgd(steps)), Targeted("apgd-t", new Apgd(steps)), Shortest("fab", logits => new Fab(logits, steps)),
        Margin("square", new Square(queries)),
    ];

    private static Loss MarginOf(IClassifier model, Point clean, Ids labels, int attempt) => at => model.Logits(at).Margin(labels);
}
