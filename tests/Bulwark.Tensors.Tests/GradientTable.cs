namespace Bulwark.Tensors.Tests;

/// <summary>A tensor to try an operation on: its shape and where its values lie.</summary>
public sealed record Input(Shape Shape, float Low = -1.5f, float High = 1.5f, float Gap = 0, bool Apart = false)
{
    /// <summary>Values of both signs, but none nearer to 0 than the gap: away from a kink there.</summary>
    public static Input AwayFromZero(Shape shape, float gap = 0.3f) => new(shape, -1.5f, 1.5f, gap);

    /// <summary>Values in random order, no two nearer than 3 / count: away from kinks where two are equal.</summary>
    public static Input AllApart(Shape shape) => new(shape, Apart: true);

    public Tensor Draw(Rng rng)
    {
        var values = new float[Shape.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var x = Low + (High - Low) * (Apart ? (i + 0.5f) / values.Length : rng.NextSingle());
            values[i] = x + Math.Sign(x) * Gap;
        }
        if (Apart) rng.Shuffle<float>(values);
        return Tensor.Of(Shape, values);
    }
}

/// <summary>One operation with inputs to try it on.</summary>
/// <param name="Method">The method of Functions that this checks, with its parameter types.</param>
/// <param name="Note">Which case of it.</param>
/// <param name="Apply">The operation.</param>
/// <param name="Inputs">What it is differentiated by.</param>
public sealed record OpCase(string Method, string Note, Func<Tensor[], Tensor> Apply, params Input[] Inputs)
{
    /// <summary>For a straight-through operation, the function whose derivative it claims to have.</summary>
    public Func<Tensor[], Tensor>? Surrogate { get; init; }

    public override string ToString() => Note.Length == 0 ? Method : $"{Method}: {Note}";
}

/// <summary>Every operation, on inputs in whose neighborhood it is smooth.</summary>
public static class GradientTable
{
    private static readonly Ids _repeating = new(2, 0, 2, 3, 0), _others = new(1, 2, 1), _labels = new(2, 0, 4);
    private static readonly SparseRows _sparse = new(4, [[(0, 0.5f), (3, -2f)], [], [(1, 1.5f), (2, 0.7f), (3, 1f)]]);
    private static readonly Tensor _causal = Tensor.Of((3, 3), 0, Excluded, Excluded, 0, 0, Excluded, 0, 0, 0);
    private static readonly Ids _sequences = new(0, 3, 3, 4, 6);
    private const float Excluded = float.NegativeInfinity;

    public static readonly OpCase[] Cases =
    [
        new("op_Addition(Tensor, Tensor)", "equal shapes", x => x[0] + x[1], new((2, 3)), new((2, 3))),
        new("op_Addition(Tensor, Tensor)", "row and column", x => x[0] + x[1], new((1, 3)), new((2, 1))),
        new("op_Addition(Tensor, Tensor)", "matrix and scalar", x => x[0] + x[1], new((2, 3)), new(new Shape())),
        new("op_Addition(Tensor, Tensor)", "rank 4 and rank 2", x => x[0] + x[1], new((2, 2, 1, 3)), new((2, 3))),
        new("op_Addition(Tensor, Tensor)", "overlay, read at its rows",
            x => (x[0] + x[1].ScatterRows(_repeating, (4, 3))).Rows(_repeating), new((4, 3)), new((5, 3))),
        new("op_Addition(Tensor, Tensor)", "overlay, read at other rows",
            x => (x[0] + x[1].ScatterRows(_repeating, (4, 3))).Rows(_others), new((4, 3)), new((5, 3))),
        new("op_Addition(Tensor, Tensor)", "overlay, read densely", x => x[1].ScatterRows(_repeating, (4, 3)) + x[0], new((4, 3)), new((5, 3))),
        new("op_Addition(Tensor, Tensor)", "overlay on overlay, same rows",
            x => (x[0] + x[1].ScatterRows(_repeating, (4, 3)) + x[2].ScatterRows(_repeating, (4, 3))).Rows(_repeating),
            new((4, 3)), new((5, 3)), new((5, 3))),
        new("op_Addition(Tensor, Tensor)", "overlay on overlay, other rows",
            x => (x[0] + x[1].ScatterRows(_repeating, (4, 3)) + x[2].ScatterRows(_others, (4, 3))).Rows(_repeating),
            new((4, 3)), new((5, 3)), new((3, 3))),
        new("op_Addition(Tensor, Tensor)", "scattered rows of two lists",
            x => x[0].ScatterRows(_repeating, (4, 3)) + x[1].ScatterRows(_others, (4, 3)), new((5, 3)), new((3, 3))),
        new("op_Addition(Tensor, Tensor)", "scaled rows", x => x[0].ScaleRows(x[1]) + x[2].ScaleRows(x[1]), new((3, 2)), new(3), new((3, 2))),
        new("op_Addition(Tensor, Single)", "", x => x[0] + 0.7f, new Input((2, 3))),
        new("op_Addition(Single, Tensor)", "", x => 0.7f + x[0], new Input((2, 3))),
        new("op_Subtraction(Tensor, Tensor)", "equal shapes", x => x[0] - x[1], new((2, 3)), new((2, 3))),
        new("op_Subtraction(Tensor, Tensor)", "broadcast", x => x[0] - x[1], new((2, 1, 3)), new((2, 1))),
        new("op_Subtraction(Tensor, Tensor)", "sparse", x => x[0] - x[1].ScatterRows(_others, (4, 3)), new((4, 3)), new((3, 3))),
        new("op_Subtraction(Tensor, Single)", "", x => x[0] - 0.7f, new Input((2, 3))),
        new("op_Subtraction(Single, Tensor)", "", x => 0.7f - x[0], new Input((2, 3))),
        new("op_UnaryNegation(Tensor)", "", x => -x[0], new Input((2, 3))),
        new("op_Multiply(Tensor, Tensor)", "equal shapes", x => x[0] * x[1], new((2, 3)), new((2, 3))),
        new("op_Multiply(Tensor, Tensor)", "with itself", x => x[0] * x[0], new Input((2, 3))),
        new("op_Multiply(Tensor, Tensor)", "broadcast", x => x[0] * x[1], new((2, 1, 3)), new((2, 1))),
        new("op_Multiply(Tensor, Single)", "", x => x[0] * 0.7f, new Input((2, 3))),
        new("op_Multiply(Tensor, Single)", "sparse", x => x[0].ScatterRows(_repeating, (4, 3)) * 0.7f, new Input((5, 3))),
        new("op_Multiply(Single, Tensor)", "", x => 0.7f * x[0], new Input((2, 3))),
        new("op_Division(Tensor, Tensor)", "equal shapes", x => x[0] / x[1], new((2, 3)), Input.AwayFromZero((2, 3), 0.6f)),
        new("op_Division(Tensor, Tensor)", "broadcast", x => x[0] / x[1], new((2, 1, 3)), Input.AwayFromZero((2, 1), 0.6f)),
        new("op_Division(Tensor, Single)", "", x => x[0] / 0.7f, new Input((2, 3))),
        new("op_Division(Single, Tensor)", "", x => 0.7f / x[0], Input.AwayFromZero((2, 3), 0.6f)),

        new("Exp(Tensor)", "", x => x[0].Exp(), new Input((2, 3))),
        new("Log(Tensor)", "", x => x[0].Log(), new Input((2, 3), 0.5f, 3)),
        new("Sqrt(Tensor)", "", x => x[0].Sqrt(), new Input((2, 3), 0.5f, 3)),
        new("Pow(Tensor, Single)", "third power", x => x[0].Pow(3), new Input((2, 3))),
        new("Pow(Tensor, Single)", "square", x => x[0].Pow(2), new Input((2, 3))),
        new("Pow(Tensor, Single)", "first power", x => x[0].Pow(1), new Input((2, 3))),
        new("Pow(Tensor, Single)", "zeroth power", x => x[0].Pow(0), new Input((2, 3))),
        new("Pow(Tensor, Single)", "inverse square", x => x[0].Pow(-2), Input.AwayFromZero((2, 3), 0.7f)),
        new("Pow(Tensor, Single)", "1.7", x => x[0].Pow(1.7f), new Input((2, 3), 0.5f, 2)),
        new("Sigmoid(Tensor)", "", x => x[0].Sigmoid(), new Input((2, 3))),
        new("Softplus(Tensor)", "", x => x[0].Softplus(), new Input((2, 3))),
        new("LogSigmoid(Tensor)", "", x => x[0].LogSigmoid(), new Input((2, 3))),
        new("Tanh(Tensor)", "", x => x[0].Tanh(), new Input((2, 3))),
        new("Relu(Tensor)", "", x => x[0].Relu(), Input.AwayFromZero((2, 5))),
        new("Gelu(Tensor)", "", x => x[0].Gelu(), new Input((3, 6), -3, 3)),
        new("Abs(Tensor)", "", x => x[0].Abs(), Input.AwayFromZero((2, 5))),
        new("Sign(Tensor)", "", x => x[0].Sign(), Input.AwayFromZero((2, 5))),
        new("Step(Tensor)", "", x => x[0].Step(), Input.AwayFromZero((2, 5))),
        new("Clamp(Tensor, Single, Single)", "", x => x[0].Clamp(-0.51f, 0.49f), Input.AllApart((2, 5))),
        new("Maximum(Tensor, Tensor)", "", x => x[0].Maximum(x[1] + 0.15f), Input.AllApart((2, 5)), Input.AllApart((2, 5))),
        new("Maximum(Tensor, Tensor)", "broadcast", x => x[0].Maximum(x[1]), Input.AllApart((2, 4)), new(new Shape(), 0, 0)),
        new("Minimum(Tensor, Tensor)", "", x => x[0].Minimum(x[1] + 0.15f), Input.AllApart((2, 5)), Input.AllApart((2, 5))),
        new("Minimum(Tensor, Tensor)", "broadcast", x => x[0].Minimum(x[1]), Input.AllApart((2, 4)), new(new Shape(), 0, 0)),
        new("StraightThroughStep(Tensor)", "", x => x[0].StraightThroughStep(), new Input((2, 5))) { Surrogate = x => x[0].Tanh() },
        new("StraightThroughRound(Tensor)", "", x => x[0].StraightThroughRound(), new Input((2, 5))) { Surrogate = x => x[0] },
        new("Dropout(Tensor, Single, Rng)", "", x => x[0].Dropout(0.4f, new Rng(7)), new Input((4, 5))),
        new("Dropout(Tensor, Single, Rng)", "not in training", x => x[0].Dropout(0.4f, null), new Input((2, 3))),

        new("Sum(Tensor)", "", x => x[0].Sum(), new Input((2, 3))),
        new("Sum(Tensor, Int32, Boolean)", "first axis", x => x[0].Sum(0), new Input((2, 3))),
        new("Sum(Tensor, Int32, Boolean)", "middle axis, kept", x => x[0].Sum(1, keep: true), new Input((2, 3, 2))),
        new("Mean(Tensor)", "", x => x[0].Mean(), new Input((2, 3))),
        new("Mean(Tensor, Int32, Boolean)", "last axis", x => x[0].Mean(-1), new Input((2, 3))),
        new("Mean(Tensor, Int32, Boolean)", "first axis, kept", x => x[0].Mean(0, keep: true), new Input((2, 3))),
        new("SumTo(Tensor, Shape)", "", x => x[0].SumTo((2, 1, 3)), new Input((3, 2, 2, 3))),
        new("ExpandTo(Tensor, Shape)", "", x => x[0].ExpandTo((3, 2, 2, 3)), new Input((2, 1, 3))),
        new("Max(Tensor)", "", x => x[0].Max(), Input.AllApart((2, 5))),
        new("Max(Tensor, Int32, Boolean)", "last axis", x => x[0].Max(-1), Input.AllApart((3, 4))),
        new("Max(Tensor, Int32, Boolean)", "first axis, kept", x => x[0].Max(0, keep: true), Input.AllApart((3, 4))),
        new("Min(Tensor)", "", x => x[0].Min(), Input.AllApart((2, 5))),
        new("Min(Tensor, Int32, Boolean)", "middle axis", x => x[0].Min(1), Input.AllApart((2, 3, 2))),
        new("SquaredError(Tensor, Tensor)", "", x => x[0].SquaredError(x[1]), new((4, 5)), new((4, 5))),
        new("NormOfRows(Tensor)", "", x => x[0].NormOfRows(), new Input((3, 4))),
        new("NormOfRows(Tensor)", "rank 3", x => x[0].NormOfRows(), new Input((2, 2, 3))),

        new("Reshape(Tensor, Shape)", "", x => x[0].Reshape((3, 2)), new Input((2, 3))),
        new("Transpose(Tensor, Int32, Int32)", "matrix", x => x[0].Transpose(), new Input((2, 3))),
        new("Transpose(Tensor, Int32, Int32)", "heads", x => x[0].Transpose(1, 2), new Input((2, 3, 2, 2))),
        new("Transpose(Tensor, Int32, Int32)", "outer axes", x => x[0].Transpose(2, 0), new Input((2, 3, 4))),
        new("Slice(Tensor, Int32, Int32, Int32)", "first axis", x => x[0].Slice(0, 1, 2), new Input((4, 3))),
        new("Slice(Tensor, Int32, Int32, Int32)", "middle axis", x => x[0].Slice(1, 1, 2), new Input((2, 4, 2))),
        new("Pad(Tensor, Int32, Int32, Int32)", "", x => x[0].Pad(-1, 1, 5), new Input((2, 3))),
        new("Concat(Int32, ReadOnlySpan`1)", "", x => Tensor.Concat(1, x[0], x[1], x[0]), new((2, 1, 2)), new((2, 3, 2))),
        new("Rows(Tensor, Ids)", "", x => x[0].Rows(_repeating), new Input((4, 3))),
        new("Rows(Tensor, Ids)", "two lists", x => Tensor.Concat(0, x[0].Rows(_repeating), x[0].Rows(_others)), new Input((4, 3))),
        new("Rows(Tensor, Ids)", "of a vector", x => x[0].Rows(_repeating), new Input(4)),
        new("ScatterRows(Tensor, Ids, Shape)", "", x => x[0].ScatterRows(_repeating, (4, 3)), new Input((5, 3))),
        new("ScatterRows(Tensor, Ids, Shape)", "scaled rows", x => x[0].ScaleRows(x[1]).ScatterRows(_repeating, (4, 3)), new((5, 3)), new(5)),

        new("Dot(Tensor, Tensor)", "", x => x[0].Dot(x[1]), new((3, 4)), new((3, 4))),
        new("Dot(Tensor, Tensor)", "with itself", x => x[0].Dot(x[0]), new Input((3, 4))),
        new("Dot(Tensor, Tensor)", "picked rows", x => x[0].Rows(_repeating).Dot(x[1].Rows(_repeating)), new((4, 3)), new((4, 3))),
        new("ScaleRows(Tensor, Tensor)", "", x => x[0].ScaleRows(x[1]), new((3, 4)), new(3)),
        new("SparseMatMul(SparseRows, Tensor)", "", x => _sparse.SparseMatMul(x[0]), new Input((4, 3))),
        new("SparseMatMul(SparseRows, Tensor)", "of scattered rows", x => _sparse.SparseMatMul(x[0].ScatterRows(_repeating, (4, 3))), new Input((5, 3))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "plain", x => x[0].MatMul(x[1]), new((2, 3)), new((3, 4))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "xᵀ", x => x[0].MatMul(x[1], transposeX: true), new((3, 2)), new((3, 4))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "yᵀ", x => x[0].MatMul(x[1], transposeY: true), new((2, 3)), new((4, 3))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "xᵀ yᵀ", x => x[0].MatMul(x[1], true, true), new((3, 2)), new((4, 3))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "rank 3, yᵀ", x => x[0].MatMul(x[1], false, true), new((2, 2, 3)), new((2, 2, 3))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "rank 4", x => x[0].MatMul(x[1]), new((2, 1, 2, 2)), new((2, 1, 2, 3))),
        new("MatMul(Tensor, Tensor, Boolean, Boolean)", "with itself", x => x[0].MatMul(x[0]), new Input((3, 3))),
        new("Linear(Tensor, Tensor, Tensor, Boolean)", "", x => x[0].Linear(x[1], x[2]), new((2, 3)), new((3, 4)), new(4)),
        new("Linear(Tensor, Tensor, Tensor, Boolean)", "rank 3, no bias", x => x[0].Linear(x[1]), new((2, 2, 3)), new((3, 2))),
        new("Linear(Tensor, Tensor, Tensor, Boolean)", "transposed", x => x[0].Linear(x[1], x[2], true), new((2, 2, 3)), new((4, 3)), new(4)),

        new("Patches(Tensor, Window)", "", x => x[0].Patches(new(2, 2)), new Input((2, 3, 4, 2))),
        new("Patches(Tensor, Window)", "stride and padding", x => x[0].Patches(new(3, 2, 2, 1)), new Input((1, 4, 3, 2))),
        new("FoldPatches(Tensor, Window, Shape)", "", x => x[0].FoldPatches(new(3, 2, 2, 1), (1, 4, 3, 2)), new Input((1, 2, 2, 12))),
        new("Convolve(Tensor, Tensor, Tensor, Int32, Int32)", "", x => x[0].Convolve(x[1], x[2]), new((2, 3, 3, 2)), new((2, 2, 2, 3)), new(3)),
        new("Convolve(Tensor, Tensor, Tensor, Int32, Int32)", "stride and padding, no bias",
            x => x[0].Convolve(x[1], null, 2, 1), new((1, 4, 3, 1)), new((3, 3, 1, 2))),
        new("ConvolveTransposed(Tensor, Tensor, Shape, Int32, Int32)", "", x => x[0].ConvolveTransposed(x[1], (2, 3, 3, 2)), new((2, 2, 2, 3)), new((2, 2, 2, 3))),
        new("ConvolveTransposed(Tensor, Tensor, Shape, Int32, Int32)", "stride and padding",
            x => x[0].ConvolveTransposed(x[1], (1, 4, 3, 1), 2, 1), new((1, 2, 2, 2)), new((3, 3, 1, 2))),
        new("Attention(Tensor, Ids, Int32, Boolean, Single, Rng)", "causal", x => x[0].Attention(_sequences, 2, true), new Input((6, 12))),
        new("Attention(Tensor, Ids, Int32, Boolean, Single, Rng)", "both ways, dropout",
            x => x[0].Attention(_sequences, 1, false, 0.3f, new Rng(7)), new Input((6, 6))),
        new("Softmax(Tensor, Tensor)", "", x => x[0].Softmax(), new Input((3, 5))),
        new("Softmax(Tensor, Tensor)", "learned mask", x => x[0].Softmax(x[1]), new((2, 2, 3)), new((2, 3))),
        new("Softmax(Tensor, Tensor)", "causal", x => x[0].Softmax(_causal), new Input((2, 3, 3))),
        new("LogSoftmax(Tensor, Tensor)", "", x => x[0].LogSoftmax(), new Input((3, 5))),
        new("LogSoftmax(Tensor, Tensor)", "learned mask", x => x[0].LogSoftmax(x[1]), new((2, 2, 3)), new((2, 3))),
        new("CrossEntropy(Tensor, Ids)", "", x => x[0].CrossEntropy(_labels), new Input((3, 5))),
        new("LayerNorm(Tensor, Tensor, Tensor, Single)", "", x => x[0].LayerNorm(x[1], x[2]), new((3, 5)), new(5), new(5)),
        new("LayerNorm(Tensor, Tensor, Tensor, Single)", "large ε", x => x[0].LayerNorm(x[1], x[2], 0.5f), new((2, 2, 3)), new(3), new(3)),
    ];
}
