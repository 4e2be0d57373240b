using Bulwark.Tensors;

namespace Bulwark.Generative;

/// <summary>How good samples are, beside real examples.</summary>
/// <param name="Coverage">The share of real examples that have samples among their neighbors.</param>
/// <param name="Duplicates">The share of samples that all but repeat another one.</param>
/// <param name="Distances">Distances between the distributions, by name; lower is better.</param>
public sealed record SampleQuality(double Coverage, double Duplicates, IReadOnlyDictionary<string, double> Distances)
{
    private const double Near = 0.1, FairShare = 0.1;

    /// <summary>
    /// By Euclidean distances. Coverage (Naeem et al. 2020): a real example's neighbors lie within its distance to the k-th nearest other real one, and it is
    /// covered if a tenth of its fair share of the samples, k m / n, lies there, and at least one: with k up to 10 as published. A duplicate has another sample
    /// within a tenth of the real examples' median distance to their nearest. The distance is the energy distance, 2 E‖x − y‖ − E‖x − x′‖ − E‖y − y′‖
    /// (Székely and Rizzo 2013).
    /// </summary>
    /// <param name="real">(n, …), n more than k.</param>
    /// <param name="samples">(m, …), of any number.</param>
    /// <param name="neighbors">k: half of the smallest group of real examples that must not be missing.</param>
    /// <exception cref="ArgumentException">There are too few examples, or their sizes differ.</exception>
    public static SampleQuality Of(Tensor real, Tensor samples, int neighbors = 5)
    {
        if (real.Shape.RowLength != samples.Shape.RowLength || real.Shape[0] <= neighbors || samples.Shape[0] < 2)
            throw new ArgumentException($"Quality needs more than {neighbors} real examples and two samples, as long as they are, not {real.Shape} and {samples.Shape}.");
        var (among, between, within) = (Pairs.Of(real, real), Pairs.Of(real, samples), Pairs.Of(samples, samples));
        var (covered, least) = (0, Math.Max(1, FairShare * neighbors * within.Rows / among.Rows));
        for (var i = 0; i < among.Rows; i++)
            if (between.Within(i, among.Nearest(i, neighbors + 1)) >= least) covered++;          // the nearest to itself is itself
        double[] nearest = [.. Enumerable.Range(0, among.Rows).Select(i => among.Nearest(i, 2)).Order()];
        var limit = Near * nearest[nearest.Length / 2];
        var duplicates = Enumerable.Range(0, within.Rows).Count(i => within.Nearest(i, 2) <= limit);
        var energy = 2 * between.Mean - among.Mean - within.Mean;
        return new((double)covered / among.Rows, (double)duplicates / within.Rows, new Dictionary<string, double> { ["energy"] = energy });
    }

    /// <summary>The Euclidean distance of each sample to the nearest real example: 0 is a copy.</summary>
    /// <param name="samples">(m, …).</param>
    /// <param name="real">(n, …), as long.</param>
    public static double[] Nearest(Tensor samples, Tensor real)
    {
        var between = Pairs.Of(samples, real);
        return [.. Enumerable.Range(0, between.Rows).Select(row => between.Nearest(row, 1))];
    }

    /// <summary>The distances from each x to each y.</summary>
    private sealed class Pairs(float[] distances, int rows, int columns)
    {
        public int Rows => rows;

        public double Mean => distances.Sum(distance => (double)distance) / distances.Length;

        /// <summary>How many distances of a row are no larger.</summary>
        public int Within(int row, double distance)
        {
            var count = 0;
            foreach (var own in distances.AsSpan(row * columns, columns)) if (own <= distance) count++;
            return count;
        }

        /// <summary>The k-th smallest distance of a row, k from 1.</summary>
        public double Nearest(int row, int k)
        {
            Span<float> least = stackalloc float[k];
            least.Fill(float.PositiveInfinity);
            foreach (var distance in distances.AsSpan(row * columns, columns))
            {
                if (!(distance < least[^1])) continue;
                var at = k - 1;
                for (; at > 0 && least[at - 1] > distance; at--) least[at] = least[at - 1];
                least[at] = distance;
            }
            return least[^1];
        }

        public static Pairs Of(Tensor x, Tensor y)
        {
            var (rows, columns, width) = (x.Shape[0], y.Shape[0], x.Shape.RowLength);
            var (a, b, distances) = (x.Values.ToArray(), y.Values.ToArray(), new float[rows * columns]);
            Team.Run(rows, (a, b, distances, columns, width), static (job, row) =>
            {
                var from = job.a.AsSpan(row * job.width, job.width);
                for (var column = 0; column < job.columns; column++)
                {
                    var to = job.b.AsSpan(column * job.width, job.width);
                    var square = 0f;
                    for (var i = 0; i < from.Length; i++) square += (from[i] - to[i]) * (from[i] - to[i]);
                    job.distances[row * job.columns + column] = MathF.Sqrt(square);
                }
            });
            return new(distances, rows, columns);
        }
    }
}

/// <summary>What is measured of a generator at an epoch's end.</summary>
/// <param name="generator">Where it stands; it must not be kept.</param>
/// <param name="rng">Chance for samples.</param>
public delegate SampleQuality SampleMeasure(Point generator, Rng rng);
