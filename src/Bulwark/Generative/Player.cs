using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>One side of a game: its weights and their optimizer, and sums over the present epoch.</summary>
internal sealed class Player(string name, Point start, UpdateRule rule, Schedule schedule)
{
    private readonly Variable[] _moves = [.. start.Variables.ToArray().Where(variable => !variable.IsGiven)];

    public string Name => name;

    public Optimizer Optimizer { get; } = new(start, rule) { Schedule = schedule };

    /// <summary>Sums over the steps of the present epoch, and how many they are.</summary>
    public (double Loss, double Gradient, int Steps) Sums { get; set; }

    public double MeanLoss => Sums.Steps > 0 ? Sums.Loss / Sums.Steps : double.NaN;

    public double MeanGradient => Sums.Steps > 0 ? Sums.Gradient / Sums.Steps : double.NaN;

    /// <summary>One step of its own variables down its own loss, at the point of both; the loss.</summary>
    /// <exception cref="TrainingException">The loss is not finite.</exception>
    public float Step(Loss loss, Point other, TrainingRun run)
    {
        var (value, gradient) = Grad.Of(loss, other.With(Optimizer.At), _moves);
        var (number, norm) = (value.Item(), gradient.Norm);
        if (!float.IsFinite(number) || !double.IsFinite(norm)) throw Divergence.Of(number, gradient, Optimizer, run.Epoch, run.Step);
        Sums = (Sums.Loss + number, Sums.Gradient + norm, Sums.Steps + 1);
        Optimizer.Step(gradient);
        return number;
    }
}
