using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Models.Recurrent;

/// <summary>
/// A gated recurrent unit (Cho et al. 2014) over several sequences at once: with the gates r, z = σ(W x + U h + b) and the candidate
/// n = tanh(W x + r ∘ (U h + c) + b), the state becomes h ← (1 − z) ∘ n + z ∘ h, from zero on.
/// </summary>
/// <param name="name">What its variables' names begin with.</param>
/// <param name="width">d, of input and state.</param>
internal sealed class Gru(string name, int width)
{
    private readonly Dense _input = new($"{name}.input"), _state = new($"{name}.state");

    public Point Start(Point at, Rng rng) => _state.Start(_input.Start(at, width, 3 * width, rng), width, 3 * width, rng);

    /// <summary>The state behind each position: (positions, d) to (positions, d).</summary>
    public Tensor Of(Point at, Tensor x, Sequences sequences)
    {
        var time = sequences.ByTime;
        var (steps, states) = (time.Begin.Count - 1, new List<Tensor>());
        if (steps == 0) return x;
        Walk(_input.Of(at, x.Rows(time.Order)), 0, steps);
        return Tensor.Concat(0, [.. states]).Rows(time.Back);

        // Steps [from, to) of gates that begin at from. Cut in halves, so that pullbacks of slices write short tensors.
        void Walk(Tensor gates, int from, int to)
        {
            if (to - from == 1)
            {
                var alive = gates.Shape[0];
                var h = states.Count == 0 ? Tensor.Zeros((alive, width)) : states[^1].Slice(0, 0, alive);
                states.Add(Step(gates, h, _state.Of(at, h)));
                return;
            }
            var middle = (from + to) / 2;
            var first = time.Begin[middle] - time.Begin[from];
            Walk(gates.Slice(0, 0, first), from, middle);
            Walk(gates.Slice(0, first, gates.Shape[0] - first), middle, to);
        }
    }

    /// <summary>One step of the sequences that go on: gates and recurrence (n, 3d), state (n, d).</summary>
    private Tensor Step(Tensor gates, Tensor h, Tensor recurrence)
    {
        var open = (gates.Slice(1, 0, 2 * width) + recurrence.Slice(1, 0, 2 * width)).Sigmoid();
        var (r, z) = (open.Slice(1, 0, width), open.Slice(1, width, width));
        var candidate = (gates.Slice(1, 2 * width, width) + r * recurrence.Slice(1, 2 * width, width)).Tanh();
        return candidate + z * (h - candidate);
    }
}
