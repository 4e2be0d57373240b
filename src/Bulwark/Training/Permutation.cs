using System.Numerics;
using System.Runtime.CompilerServices;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>
/// A pseudo-random order of 0 … count − 1 that is computed, not stored: a four-round Feistel network (Luby and Rackoff 1988) on the next
/// even power of two, walked until it lands inside. Any place of any epoch's order is at hand at once.
/// </summary>
public readonly struct Permutation
{
    private const int FewestBits = 4;                        // of half a number: with fewer, four rounds favor some places
    private readonly ulong _key;
    private readonly uint _count, _mask;
    private readonly int _bits;

    /// <summary>The order that a random stream's key chooses.</summary>
    public Permutation(int count, Rng rng)
    {
        _count = (uint)count;
        _bits = Math.Max(FewestBits, (BitOperations.Log2((uint)Math.Max(count - 1, 1)) + 2) / 2);
        _mask = (1u << _bits) - 1;
        _key = rng.State.Key;
    }

    /// <summary>What stands at a place.</summary>
    public int this[int place]
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get
        {
            var x = (uint)place;
            do
            {
                uint left = x >> _bits, right = x & _mask;
                for (var round = 0; round < 4; round++)
                {
                    var mixed = (right + (uint)(_key >> round * 16)) * 0x9E3779B1u ^ (uint)_key;
                    (left, right) = (right, left ^ (mixed ^ mixed >> 15) * 0x85EBCA6Bu >> 16 & _mask);
                }
                x = left << _bits | right;
            }
            while (x >= _count);
            return (int)x;
        }
    }
}
