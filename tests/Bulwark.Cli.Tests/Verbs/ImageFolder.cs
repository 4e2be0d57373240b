using System.Buffers.Binary;
using Bulwark.Tensors;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>A world of 6 × 6 images in MNIST's files: gray noise, and a brighter half, left (0), right (1) or upper (2).</summary>
internal static class ImageFolder
{
    public const int Size = 6;

    /// <summary>Writes 300 training and 60 test images into a folder.</summary>
    public static string Write(string folder, ulong seed = 1)
    {
        Directory.CreateDirectory(folder);
        Part(folder, "train-", 300, seed);
        Part(folder, "t10k-", 60, seed + 1);
        return folder;
    }

    /// <summary>Writes so many images and their classes.</summary>
    public static void Part(string folder, string prefix, int count, ulong seed, int size = Size)
    {
        var (rng, pixels, labels) = (new Rng(seed), new byte[count * size * size], new byte[count]);
        for (var i = 0; i < pixels.Length; i++)
        {
            var (image, row, column) = (i / (size * size), i / size % size, i % size);
            if (row == 0 && column == 0) labels[image] = (byte)rng.Next(3);
            var bright = labels[image] switch { 0 => column < size / 2, 1 => column >= size / 2, _ => row < size / 2 };
            pixels[i] = (byte)(rng.Next(60) + (bright ? 120 : 60));
        }
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}images-idx3-ubyte"), [.. Header(3, count, size, size), .. pixels]);
        Labels(folder, prefix, labels);
    }

    /// <summary>Writes classes alone.</summary>
    public static void Labels(string folder, string prefix, byte[] labels) =>
        File.WriteAllBytes(Path.Combine(folder, $"{prefix}labels-idx1-ubyte"), [.. Header(1, labels.Length), .. labels]);

    private static byte[] Header(params int[] axes)
    {
        var header = new byte[4 + 4 * (axes.Length - 1)];
        BinaryPrimitives.WriteInt32BigEndian(header, 0x800 + axes[0]);
        for (var axis = 1; axis < axes.Length; axis++) BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 * axis), axes[axis]);
        return header;
    }
}
