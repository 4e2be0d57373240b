using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Evaluation;

/// <summary>What a suite has left of a classifier.</summary>
/// <param name="Clean">The share that is right without an attack.</param>
/// <param name="After">The share that is right after each attack and all before it, in order.</param>
/// <param name="Survivors">The inputs that withstood everything.</param>
public sealed record SuiteResult(double Clean, IReadOnlyList<(string Attack, double Accuracy)> After, IReadOnlyList<int> Survivors)
{
    /// <summary>The share that withstood everything: the worst case of each input.</summary>
    public double Robust => After.Count > 0 ? After[^1].Accuracy : Clean;
}

/// <summary>
/// Attacks in turn, each on the inputs that have withstood the ones before. An input is lost if any attack moves it, within the threat, to a wrong answer; a search
/// that leaves its threat is an error, and every move is measured again.
/// </summary>
public static class Suite
{
    private const int Batch = 100;

    /// <summary>Runs the attacks.</summary>
    /// <param name="model">The formula.</param>
    /// <param name="at">Its weights.</param>
    /// <param name="inputs">What to classify.</param>
    /// <param name="threat">What moves, and how far.</param>
    /// <param name="attacks">In order; strong and cheap ones first save the most.</param>
    /// <param name="rng">Drives the attacks.</param>
    /// <param name="progress">Hears the share that is left after each attempt.</param>
    public static SuiteResult Run(
        IClassifier model, Point at, LabeledInputs inputs, Threat threat, IReadOnlyList<SuiteAttack> attacks, Rng rng,
        IProgress<(string Attack, double Accuracy)>? progress = null)
    {
        int[] left = [.. Enumerable.Range(0, inputs.Count)];
        Keep((clean, _, _) => clean);
        var (clean, after) = (Share(), new List<(string, double)>());
        foreach (var attack in attacks)
        {
            var search = attack.Of(model);
            for (var attempt = 0; attempt < attack.Attempts; attempt++)
            {
                var draw = rng.Fork(attack.Name).Fork(attempt);
                Keep((point, labels, first) => attack.LossOf(model, point, labels, attempt) is { } loss
                    ? point + threat.Admit(point, search.Find(loss, point, threat, draw.Fork(first)), attack.Name) : point);
                progress?.Report((attack.Name, Share()));
            }
            after.Add((attack.Name, Share()));
        }
        return new(clean, after, left);

        double Share() => (double)left.Length / inputs.Count;

        void Keep(Func<Point, Ids, int, Point> moved)
        {
            var (batch, kept) = (new InputBatch(), new List<int>());
            foreach (var part in left.Chunk(Batch))
            {
                using var scope = Scope.Open();
                batch.Fill(inputs, part);
                var right = Accuracy.IsRight(model.Logits(moved(at.With(model.Inputs, batch.Inputs), batch.Labels, part[0])), batch.Labels);
                kept.AddRange(part.Where((_, b) => right[b]));
            }
            left = [.. kept];
        }
    }
}
