using Bulwark.Tensors.Forms;
using Bulwark.Tensors.Kernels;

namespace Bulwark.Tensors;

/// <summary>The operations on tensors: one file each, with its meaning, its derivative, its kernel and its pullback.</summary>
public static partial class Functions
{
    extension(Tensor)
    {
        /// <summary>x + y, broadcasting. ∂/∂x = ∂/∂y = 1. A table plus a row-sparse move is an overlay: nothing is copied.</summary>
        public static Tensor operator +(Tensor x, Tensor y) =>
            Tape.Record(x.Shape == y.Shape ? AddForms(x, y) : Broadcasting.Apply<Plus>(x, y), AddPull, x, y);

        /// <summary>x + constant.</summary>
        public static Tensor operator +(Tensor x, float constant) =>
            Tape.Record(Broadcasting.Apply<Plus>(x, constant), static (_, gradient, _) => gradient, x);

        /// <summary>constant + x.</summary>
        public static Tensor operator +(float constant, Tensor x) => x + constant;
    }

    private static readonly Pullback AddPull = static (node, gradient, input) => gradient.SumTo(node.Inputs[input].Shape);

    /// <summary>Sums keep their form where they can: rows stay rows, scatters stay scatters.</summary>
    private static Tensor AddForms(Tensor x, Tensor y) => (x.Form, y.Form) switch
    {
        (Scaled a, Scaled b) => new Tensor(x.Shape, new Scaled([.. a.Terms, .. b.Terms])),
        (Sparse a, Sparse b) when a.Set == b.Set => new Tensor(x.Shape, new Sparse(a.Set, Broadcasting.Apply<Plus>(a.Values, b.Values))),
        (RowForm, RowForm) => new Tensor(x.Shape, new RowSum([.. Scatters(x), .. Scatters(y)])),
        (_, RowForm move) => Overlay.Of(x, move),
        (RowForm move, _) => Overlay.Of(y, move),
        _ => Broadcasting.Apply<Plus>(x, y),
    };

    private static Scatter[] Scatters(Tensor x) =>
        x.Form is RowSum sum ? sum.Scatters : x.AsSparse() is { } sparse ? [new Scatter(sparse.Ids, null, sparse.Values)] : [];

    internal readonly struct Plus : IBinary
    {
        public static T Of<T>(T x, T y) where T : struct, ILanes<T> => x + y;
    }
}
