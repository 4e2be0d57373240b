using Bulwark.Models.Recurrent;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Recurrent;

public sealed class Gru4RecTests
{
    private const int Width = 3;

    /// <summary>
    /// d = 1, two items of rows 1 and −1, all weights 1 and biases 0. From h = 0 with x = 1: r = z = σ(1), n = tanh 1, h = (1 − z) n. Then with x = −1:
    /// r = z = σ(h − 1), n = tanh(−1 + r h), h' = (1 − z) n + z h; scores h' and −h'.
    /// </summary>
    [Fact]
    public void TwoStepsWorkedByHand()
    {
        var model = new Gru4Rec(2, new(1, 4));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "items" => Tensor.Of((2, 1), 1, -1),
            "gru.input.weight" or "gru.state.weight" => Tensor.Full(value.Shape, 1),
            _ => Tensor.Zeros(value.Shape),
        });
        var first = (1 - Sigmoid(1)) * Math.Tanh(1);
        var z = Sigmoid(first - 1);
        var second = (1 - z) * Math.Tanh(-1 + z * first) + z * first;
        var encoded = model.Encode(at, SequenceModelTests.Histories([0, 1])).Values.ToArray();
        Assert.Equal([first, second], encoded.Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
        Assert.Equal([second, -second], model.Head.All(at, Tensor.Of((1, 1), encoded[1])).Values.ToArray().Select(x => (double)x), (a, b) => Math.Abs(a - b) < 1e-6);
    }

    /// <summary>The formula in double precision, history by history and step by step.</summary>
    [Fact]
    public void StatesAreThoseOfTheFormula()
    {
        var model = new Gru4Rec(9, new(Width, 6));
        var at = model.Start(new Rng(1)).Map((variable, value) => Tensor.Uniform(value.Shape, -1, 1, new Rng(2).Fork(variable.Name)));
        var values = at.Variables.ToArray().ToDictionary(variable => variable.Name, variable => at[variable].Values.ToArray());
        int[][] histories = [[3, 1, 2], [8], [0, 1, 2, 3, 4, 5], [7, 7]];
        var encoded = model.Encode(at, SequenceModelTests.Histories(histories)).Values.ToArray();
        var n = 0;
        foreach (var history in histories)
        {
            var h = new double[Width];
            foreach (var item in history)
            {
                var x = values["items"][(item * Width)..((item + 1) * Width)].Select(v => (double)v).ToArray();
                double[] input = Affine(x, "gru.input"), state = Affine(h, "gru.state");
                h = [.. Enumerable.Range(0, Width).Select(c =>
                {
                    var (r, z) = (Sigmoid(input[c] + state[c]), Sigmoid(input[Width + c] + state[Width + c]));
                    return (1 - z) * Math.Tanh(input[2 * Width + c] + r * state[2 * Width + c]) + z * h[c];
                })];
                foreach (var value in h) Assert.Equal(value, encoded[n++], 1e-5);
            }
        }
        Assert.Equal(encoded.Length, n);

        double[] Affine(double[] x, string name) =>
            [.. Enumerable.Range(0, 3 * Width).Select(c => x.Select((v, k) => v * values[$"{name}.weight"][k * 3 * Width + c]).Sum() + values[$"{name}.bias"][c])];
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
