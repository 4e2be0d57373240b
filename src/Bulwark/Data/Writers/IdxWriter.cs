using System.Buffers.Binary;
using Bulwark.Tensors;

namespace Bulwark.Data.Writers;

/// <summary>Writes images as an IDX file of bytes, as <see cref="Readers.IdxReader.ReadImages"/> reads it.</summary>
public static class IdxWriter
{
    /// <summary>Writes (count, height, width, channels) with values from 0 to 1, rounded to 255ths, as a file with four axes: complete or not at all.</summary>
    public static void Write(Tensor images, string path)
    {
        var rank = images.Shape.Rank;
        var bytes = new byte[4 * (1 + rank) + images.Shape.Count];
        BinaryPrimitives.WriteInt32BigEndian(bytes, 0x800 + rank);
        for (var axis = 0; axis < rank; axis++) BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(4 * (1 + axis)), images.Shape[axis]);
        var header = 4 * (1 + rank);
        var values = images.Values;
        for (var i = 0; i < values.Length; i++) bytes[header + i] = (byte)MathF.Round(Math.Clamp(values[i], 0, 1) * 255);
        var aside = path + ".part";
        File.WriteAllBytes(aside, bytes);
        File.Move(aside, path, overwrite: true);
    }
}
