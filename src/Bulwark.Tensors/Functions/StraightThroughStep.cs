using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

public static partial class Functions
{
    /// <summary>1 where x > 0, else 0. The gradient is that of tanh: dx = dy (1 − tanh² x), so that what a step chooses can be learned.</summary>
    public static Tensor StraightThroughStep(this Tensor x) => Tape.Record(Broadcasting.Apply<StepKernel>(x), StraightThroughStepPull, x);

    private static readonly Pullback StraightThroughStepPull = static (node, gradient, _) =>
    {
        var tanh = node.Inputs[0].Tanh();
        return gradient * (1 - tanh * tanh);
    };
}
