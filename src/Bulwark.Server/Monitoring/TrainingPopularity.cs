using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Server.Monitoring;

/// <summary>How far what is taken is from what was taken in training: the divergence of items' shares, beside that of as many draws from training.</summary>
internal sealed class TrainingPopularity
{
    private const int Draws = 100;
    private readonly int[] _counts;
    private readonly double[] _upTo;                         // running sums of the counts
    private readonly Rng _rng;
    private readonly Dictionary<int, Noise> _noise = [];     // by the number of pairs; forgotten when it grows

    public TrainingPopularity(Interactions train, Rng rng)
    {
        (_counts, _rng) = (train.ItemCounts(), rng);
        _upTo = new double[_counts.Length];
        var sum = 0.0;
        for (var item = 0; item < _counts.Length; item++) _upTo[item] = sum += _counts[item];
    }

    private double Total => _upTo[^1];

    /// <summary>The divergence of a window, and that of as many draws from training.</summary>
    public (double Divergence, Noise Noise) Of(TrafficWindow window)
    {
        var taken = new Dictionary<int, int>();
        foreach (var pair in window.Pairs) taken[pair.Item] = taken.GetValueOrDefault(pair.Item) + 1;
        if (_noise.Count > 1000) _noise.Clear();
        if (!_noise.TryGetValue(window.Pairs.Length, out var noise)) _noise[window.Pairs.Length] = noise = NoiseOf(window.Pairs.Length);
        return (Divergence(taken, window.Pairs.Length), noise);
    }

    private Noise NoiseOf(int pairs)
    {
        var (rng, values) = (_rng.Fork(pairs), new double[Draws]);
        for (var draw = 0; draw < Draws; draw++)
        {
            var taken = new Dictionary<int, int>();
            for (var n = 0; n < pairs; n++)
            {
                var at = Array.BinarySearch(_upTo, Math.Floor(rng.NextDouble() * Total) + 0.5);     // between two whole numbers: never found
                taken[~at] = taken.GetValueOrDefault(~at) + 1;
            }
            values[draw] = Divergence(taken, pairs);
        }
        return Noise.Of(values);
    }

    /// <summary>Σ over what was taken; an item that was not adds q / 2.</summary>
    private double Divergence(Dictionary<int, int> taken, int pairs)
    {
        var (sum, rest) = (0.0, 1.0);
        foreach (var (item, count) in taken)
        {
            var q = item < _counts.Length ? _counts[item] / Total : 0;
            (sum, rest) = (sum + JensenShannon.Term((double)count / pairs, q), rest - q);
        }
        return Math.Clamp(sum + rest / 2, 0, 1);
    }
}
