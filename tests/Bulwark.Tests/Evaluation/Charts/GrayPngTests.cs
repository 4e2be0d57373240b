using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using Bulwark.Evaluation.Charts;

namespace Bulwark.Tests.Evaluation.Charts;

public class GrayPngTests
{
    /// <summary>Width, height and pixels of a gray PNG whose rows are not filtered.</summary>
    internal static (int Width, int Height, byte[] Pixels) Decode(byte[] file)
    {
        var chunks = Chunks(file);
        Assert.Equal(["IHDR", "IDAT", "IEND"], chunks.Select(chunk => chunk.Type));
        var (width, height) = (BinaryPrimitives.ReadInt32BigEndian(chunks[0].Contents), BinaryPrimitives.ReadInt32BigEndian(chunks[0].Contents.AsSpan(4)));
        Assert.Equal([8, 0, 0, 0, 0], chunks[0].Contents[8..]);
        using var rows = new MemoryStream();
        using (var zlib = new ZLibStream(new MemoryStream(chunks[1].Contents), CompressionMode.Decompress)) zlib.CopyTo(rows);
        Assert.All(rows.ToArray().Chunk(1 + width), row => Assert.Equal(0, row[0]));
        return (width, height, [.. rows.ToArray().Chunk(1 + width).SelectMany(row => row[1..])]);
    }

    private static List<(string Type, byte[] Contents, uint Checksum)> Chunks(byte[] file)
    {
        Assert.Equal("89504E470D0A1A0A", Convert.ToHexString(file[..8]));
        var chunks = new List<(string, byte[], uint)>();
        for (var at = 8; at < file.Length;)
        {
            var end = at + 8 + BinaryPrimitives.ReadInt32BigEndian(file.AsSpan(at));
            chunks.Add((Encoding.ASCII.GetString(file, at + 4, 4), file[(at + 8)..end], BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(end))));
            at = end + 4;
        }
        return chunks;
    }

    [Fact]
    public void PixelsComeBack()
    {
        byte[] pixels = [0, 1, 2, 253, 254, 255];
        var (width, height, again) = Decode(GrayPng.Encode(3, 2, pixels));
        Assert.Equal((3, 2), (width, height));
        Assert.Equal(pixels, again);
    }

    /// <summary>The checksums that every encoder gives: of the empty last chunk, and of the header of a picture of 1 × 1 gray pixel of 8 bits.</summary>
    [Fact]
    public void ChecksumsAreThoseOfTheStandard()
    {
        var chunks = Chunks(GrayPng.Encode(1, 1, [0]));
        Assert.Equal(0xAE426082u, chunks[2].Checksum);
        Assert.Equal(0x3A7E9B55u, chunks[0].Checksum);
    }
}
