namespace Bulwark.Models.Neighbors;

/// <summary>One row of a sparse product at a time: a dense row of sums, and the places that were touched. For one thread.</summary>
internal sealed class SparseAccumulator(int columns)
{
    private readonly float[] _sums = new float[columns];
    private readonly int[] _stamps = new int[columns], _touched = new int[columns];
    private readonly ulong[] _keys = new ulong[columns];
    private int _stamp, _count;

    /// <summary>Begins a row.</summary>
    public void Clear() => (_stamp, _count) = (_stamp + 1, 0);

    /// <summary>sums += scale · row.</summary>
    public void Add(ReadOnlySpan<int> places, ReadOnlySpan<float> values, float scale)
    {
        for (var n = 0; n < places.Length; n++)
        {
            var place = places[n];
            if (_stamps[place] != _stamp)
            {
                (_stamps[place], _sums[place]) = (_stamp, 0);
                _touched[_count++] = place;
            }
            _sums[place] += scale * values[n];
        }
    }

    /// <summary>The places with the largest values above zero, by ascending place; of equal values the lower places.</summary>
    /// <param name="value">Of a place and its sum.</param>
    /// <param name="most">How many at most.</param>
    public (int Place, float Value)[] Best(Func<int, float, float> value, int most)
    {
        var count = 0;
        for (var n = 0; n < _count; n++)
        {
            var place = _touched[n];
            var x = value(place, _sums[place]);
            if (x > 0) _keys[count++] = (ulong)~BitConverter.SingleToUInt32Bits(x) << 32 | (uint)place;      // a positive float's bits rise with it
        }
        var keys = _keys.AsSpan(0, count);
        if (count > most)
        {
            Part(keys, most);
            keys = keys[..most];
        }
        var best = new (int Place, float Value)[keys.Length];
        for (var n = 0; n < best.Length; n++) best[n] = ((int)(uint)keys[n], BitConverter.UInt32BitsToSingle(~(uint)(keys[n] >> 32)));
        Array.Sort(best, static (x, y) => x.Place.CompareTo(y.Place));
        return best;
    }

    /// <summary>Moves the lowest keys to the front (Hoare 1961).</summary>
    private static void Part(Span<ulong> keys, int lowest)
    {
        for (int low = 0, high = keys.Length - 1; low < high;)
        {
            var (pivot, i, j) = (keys[low + (high - low) / 2], low, high);
            while (i <= j)
            {
                while (keys[i] < pivot) i++;
                while (keys[j] > pivot) j--;
                if (i > j) continue;
                (keys[i], keys[j]) = (keys[j], keys[i]);
                (i, j) = (i + 1, j - 1);
            }
            if (lowest <= j) high = j;
            else if (lowest >= i) low = i;
            else return;
        }
    }
}
