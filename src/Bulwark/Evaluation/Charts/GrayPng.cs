using System.Buffers.Binary;
using System.IO.Compression;

namespace Bulwark.Evaluation.Charts;

/// <summary>Gray pictures as PNG (ISO/IEC 15948): a byte a pixel, no row filters.</summary>
internal static class GrayPng
{
    private static readonly byte[] Signature = [0x89, (byte)'P', (byte)'N', (byte)'G', (byte)'\r', (byte)'\n', 0x1A, (byte)'\n'];

    /// <summary>The file of a picture, row by row from the top.</summary>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels)
    {
        Span<byte> header = stackalloc byte[13];             // width, height, 8 bits, gray, the only compression and filters, not interlaced
        header.Clear();
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        header[8] = 8;
        using var file = new MemoryStream();
        file.Write(Signature);
        Write(file, "IHDR"u8, header);
        Write(file, "IDAT"u8, Compress(width, height, pixels));
        Write(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static byte[] Compress(int width, int height, ReadOnlySpan<byte> pixels)
    {
        using var packed = new MemoryStream();
        using (var zlib = new ZLibStream(packed, CompressionLevel.SmallestSize))
            for (var row = 0; row < height; row++)
            {
                zlib.WriteByte(0);                           // the row is not filtered
                zlib.Write(pixels.Slice(row * width, width));
            }
        return packed.ToArray();
    }

    /// <summary>A chunk: its length, its type, what it holds, and the checksum of type and contents.</summary>
    private static void Write(MemoryStream file, ReadOnlySpan<byte> type, ReadOnlySpan<byte> contents)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, contents.Length);
        file.Write(number);
        file.Write(type);
        file.Write(contents);
        BinaryPrimitives.WriteUInt32BigEndian(number, ~Crc(Crc(uint.MaxValue, type), contents));
        file.Write(number);
    }

    /// <summary>CRC-32 with the reversed polynomial EDB88320, before the last complement.</summary>
    private static uint Crc(uint crc, ReadOnlySpan<byte> bytes)
    {
        foreach (var value in bytes)
        {
            crc ^= value;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) == 0 ? crc >> 1 : crc >> 1 ^ 0xEDB88320;
        }
        return crc;
    }
}
