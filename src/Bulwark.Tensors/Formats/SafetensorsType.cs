using System.Runtime.InteropServices;

namespace Bulwark.Tensors.Formats;

/// <summary>An element type of safetensors files, and how it becomes float32.</summary>
internal sealed class SafetensorsType
{
    public static readonly SafetensorsType[] All =
    [
        new("F32", 4, (from, to) => MemoryMarshal.Cast<byte, float>(from).CopyTo(to)),
        new("F16", 2, (from, to) => Each<Half>(from, to, static x => (float)x)),
        new("BF16", 2, (from, to) => Each<ushort>(from, to, static x => BitConverter.UInt32BitsToSingle((uint)x << 16))),
        new("F64", 8, (from, to) => Each<double>(from, to, static x => (float)x)),
        new("I64", 8, (from, to) => Each<long>(from, to, static x => x)),
        new("I32", 4, (from, to) => Each<int>(from, to, static x => x)),
        new("U8", 1, (from, to) => Each<byte>(from, to, static x => x)),
    ];

    private SafetensorsType(string name, int bytes, Converter convert) => (Name, Bytes, Convert) = (name, bytes, convert);

    public delegate void Converter(ReadOnlySpan<byte> from, Span<float> to);

    public string Name { get; }

    public int Bytes { get; }

    public Converter Convert { get; }

    private static void Each<T>(ReadOnlySpan<byte> from, Span<float> to, Func<T, float> convert) where T : struct
    {
        var values = MemoryMarshal.Cast<byte, T>(from);
        for (var i = 0; i < values.Length; i++) to[i] = convert(values[i]);
    }
}
