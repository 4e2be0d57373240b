using System.Buffers.Binary;
using System.IO.Compression;
using Bulwark.Tensors;

namespace Bulwark.Data.Readers;

/// <summary>
/// Gray images and their classes as IDX files of bytes (LeCun, Cortes and Burges, MNIST): big-endian headers, 2051, count, height, width before the
/// pixels, 2049, count before the classes. Files may be compressed (<c>.gz</c>).
/// </summary>
public static class IdxReader
{
    private const string Images = "images-idx3-ubyte";

    /// <summary>The images of a folder, each (height, width, 1) with pixels from 0 to 1.</summary>
    /// <param name="folder">Where the files are.</param>
    /// <param name="prefix">What their names begin with: <c>train-</c> for train-images-idx3-ubyte and train-labels-idx1-ubyte.</param>
    /// <exception cref="DataException">A file is missing, damaged or not what its name says.</exception>
    public static LabeledInputs Read(string folder, string prefix = "")
    {
        string images = Files.Need(folder, $"{prefix}{Images}"), labels = Files.Need(folder, $"{prefix}labels-idx1-ubyte");
        var (axes, pixels) = Load(images, 3);
        var (count, classes) = Load(labels, 1);
        if (axes[0] != count[0]) throw new DataException(labels, null, $"has {count[0]} classes for {axes[0]} images", "take both files from one set");
        if (pixels.Length == 0) throw new DataException(images, null, "holds no pixels", "take files with images in them");
        var values = new float[pixels.Length];
        for (var i = 0; i < values.Length; i++) values[i] = pixels[i] / 255f;
        return new LabeledInputs((axes[1], axes[2], 1), values, Array.ConvertAll(classes, label => (int)label));
    }

    /// <summary>Images without classes: (count, height, width, channels) with pixels from 0 to 1; a file with three axes has one channel.</summary>
    /// <exception cref="DataException">The file is damaged or holds no images.</exception>
    public static Tensor ReadImages(string path)
    {
        var bytes = Bytes(path);
        var (axes, pixels) = Load(path, bytes, bytes.Length > 3 && bytes[3] == 4 ? 4 : 3);
        if (pixels.Length == 0) throw new DataException(path, null, "holds no pixels", "take a file with images in it");
        return Tensor.Of((axes[0], axes[1], axes[2], axes.Length > 3 ? axes[3] : 1), Array.ConvertAll(pixels, pixel => pixel / 255f));
    }

    /// <summary>Whether a path is a folder with a file of images of this name.</summary>
    public static bool Holds(string folder, string prefix = "") => Directory.Exists(folder) && Files.Find(folder, $"{prefix}{Images}") is not null;

    private static (int[] Axes, byte[] Values) Load(string path, int rank) => Load(path, Bytes(path), rank);

    private static (int[] Axes, byte[] Values) Load(string path, byte[] bytes, int rank)
    {
        var (magic, header) = (0x800 + rank, 4 * (1 + rank));
        if (bytes.Length < header || Number(bytes, 0) != magic)
            throw new DataException(path, null, $"does not begin with {magic}, as IDX files of bytes with {rank} axes do", "take the original file");
        int[] axes = [.. Enumerable.Range(1, rank).Select(axis => Number(bytes, axis))];
        var expected = axes.Aggregate(1.0, (product, length) => product * length);
        if (axes.Any(length => length < 0) || expected != bytes.Length - header)
            throw new DataException(path, null, $"says {string.Join(" × ", axes)} but holds {bytes.Length - header} bytes", "take the whole file");
        return (axes, bytes[header..]);
    }

    private static byte[] Bytes(string path)
    {
        try
        {
            using var file = File.OpenRead(path);
            using Stream stream = Files.Plain(path) == path ? file : new GZipStream(file, CompressionMode.Decompress);
            using var all = new MemoryStream();
            stream.CopyTo(all);
            return all.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            throw new DataException(path, null, "cannot be decompressed or read", "take the whole file");
        }
    }

    private static int Number(byte[] bytes, int index) => BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(4 * index));
}
