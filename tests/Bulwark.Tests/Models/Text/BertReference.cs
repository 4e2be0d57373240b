using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Text;

/// <summary>The encoder's equations in double precision, one sequence at a time, without padding: what <see cref="Bert"/> is compared with.</summary>
internal sealed class BertReference(BertConfig config, Point at)
{
    private readonly Dictionary<string, (double[] Values, int Width)> _weights = at.Variables.ToArray().ToDictionary(
        variable => variable.Name, variable => (at[variable].Values.ToArray().Select(x => (double)x).ToArray(), at[variable].Shape.Last));

    /// <summary>The rows of the last layer.</summary>
    public double[][] Rows(int[] pieces)
    {
        double[][] x = [.. pieces.Select((piece, place) => Norm("embeddings.LayerNorm", Sum(
            Row("embeddings.word_embeddings.weight", piece), Row("embeddings.position_embeddings.weight", place), Row("embeddings.token_type_embeddings.weight", 0))))];
        for (var layer = 0; layer < config.Layers; layer++)
        {
            var name = $"encoder.layer.{layer}.";
            double[][] mixed = [.. Attention(name, x).Select(row => Linear(name + "attention.output.dense", row))];
            x = [.. x.Zip(mixed, (row, own) => Norm(name + "attention.output.LayerNorm", Sum(row, own)))];
            double[][] wide = [.. x.Select(row => Linear(name + "intermediate.dense", row).Select(v => v * Normal(v)).ToArray())];
            x = [.. x.Zip(wide, (row, own) => Norm(name + "output.LayerNorm", Sum(row, Linear(name + "output.dense", own))))];
        }
        return x;
    }

    public double[] Pooled(double[][] rows) => [.. Linear("pooler.dense", rows[0]).Select(Math.Tanh)];

    private double[][] Attention(string name, double[][] x)
    {
        double[][] Map(string part) => [.. x.Select(row => Linear($"{name}attention.self.{part}", row))];
        var (queries, keys, values, width) = (Map("query"), Map("key"), Map("value"), config.Hidden / config.Heads);
        var mixed = x.Select(_ => new double[config.Hidden]).ToArray();
        for (var head = 0; head < config.Heads; head++)
            for (var to = 0; to < x.Length; to++)
            {
                double[] Part(double[] row) => row[(head * width)..((head + 1) * width)];
                var weights = keys.Select(key => Math.Exp(Part(key).Zip(Part(queries[to]), (a, b) => a * b).Sum() / Math.Sqrt(width))).ToArray();
                for (var from = 0; from < x.Length; from++)
                    for (var c = 0; c < width; c++) mixed[to][head * width + c] += weights[from] / weights.Sum() * values[from][head * width + c];
            }
        return mixed;
    }

    private double[] Linear(string name, double[] x)
    {
        var (weight, width) = _weights[name + ".weight"];
        var bias = _weights[name + ".bias"].Values;
        return [.. Enumerable.Range(0, width).Select(c => bias[c] + x.Select((v, r) => v * weight[r * width + c]).Sum())];
    }

    private double[] Norm(string name, double[] x)
    {
        var (mean, gain, bias) = (x.Average(), _weights[name + ".weight"].Values, _weights[name + ".bias"].Values);
        var deviation = Math.Sqrt(x.Average(v => (v - mean) * (v - mean)) + config.Epsilon);
        return [.. x.Select((v, c) => gain[c] * (v - mean) / deviation + bias[c])];
    }

    private double[] Row(string table, int row) => _weights[table].Values[(row * config.Hidden)..((row + 1) * config.Hidden)];

    private static double[] Sum(params double[][] rows) => [.. Enumerable.Range(0, rows[0].Length).Select(c => rows.Sum(row => row[c]))];

    /// <summary>Φ(x) by Simpson's rule on φ, exact to 1e-12.</summary>
    private static double Normal(double x)
    {
        const int steps = 400;
        var (width, sum) = (x / steps, 0.0);
        for (var i = 0; i <= steps; i++) sum += (i is 0 or steps ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * width * i * width / 2);
        return 0.5 + sum * width / 3 / Math.Sqrt(2 * Math.PI);
    }
}
