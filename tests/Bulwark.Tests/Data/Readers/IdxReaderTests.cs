using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data.Readers;

public sealed class IdxReaderTests
{
    private static readonly byte[] _images = [.. Header(3, 2, 1, 2), 0, 51, 255, 102], _labels = [.. Header(1, 2), 7, 3];

    [Theory, InlineData(""), InlineData(".gz")]
    public void ImagesAndClassesAreRead(string ending)
    {
        var found = Read(_images, _labels, ending);
        Assert.Equal((Shape)(1, 2, 1), found.Input);
        Assert.Equal(2, found.Count);
        Assert.Equal([7, 3], found.Labels.ToArray());
        Assert.Equal([0, 0.2f], found[0].ToArray());
        Assert.Equal([1, 0.4f], found[1].ToArray());
        Assert.Equal([1, 0.4f], found.Part(1, 1)[0].ToArray());
        Assert.Equal((Shape)(5, 1, 2, 1), found.ShapeOf(5));
    }

    public static TheoryData<byte[], byte[], string> Bad => new()
    {
        { _labels, _labels, "does not begin with 2051" },
        { _images, _images, "does not begin with 2049" },
        { [1, 2], _labels, "does not begin with 2051" },
        { _images[..^1], _labels, "says 2 × 1 × 2 but holds 3 bytes" },
        { [.. _images, 0], _labels, "holds 5 bytes" },
        { [.. Header(3, -2, 1, -2), 0, 51, 255, 102], _labels, "says -2 × 1 × -2" },
        { _images, [.. Header(1, 3), 7, 3, 1], "has 3 classes for 2 images" },
        { Header(3, 0, 1, 2), Header(1, 0), "holds no pixels" },
    };

    [Theory, MemberData(nameof(Bad))]
    public void BadFilesAreRefusedInASentence(byte[] images, byte[] labels, string problem) =>
        Assert.Contains(problem, Assert.Throws<DataException>(() => Read(images, labels, ".gz")).Message);

    [Fact]
    public void MissingAndDamagedFilesAreRefusedInASentence()
    {
        using var folder = new TempFolder();
        Assert.Contains("has no file images-idx3-ubyte", Assert.Throws<DataException>(() => IdxReader.Read(folder.Path)).Message);
        folder.Write("labels-idx1-ubyte", _labels);
        var path = folder.Write("images-idx3-ubyte.gz", _images);
        File.WriteAllBytes(path, [1, 2, 3, .. File.ReadAllBytes(path)]);
        Assert.Contains("cannot be", Assert.Throws<DataException>(() => IdxReader.Read(folder.Path)).Message);
    }

    [Theory, InlineData(""), InlineData(".gz")]
    public void AFolderIsKnownByItsFileOfImages(string ending)
    {
        using var folder = new TempFolder();
        folder.Write("some-labels-idx1-ubyte", _labels);
        Assert.False(IdxReader.Holds(folder.Path, "some-"));
        var file = folder.Write("some-images-idx3-ubyte" + ending, _images);
        Assert.True(IdxReader.Holds(folder.Path, "some-"));
        Assert.False(IdxReader.Holds(folder.Path, "other-") || IdxReader.Holds(file, "some-") || IdxReader.Holds("nowhere", "some-"));
    }

    [Fact]
    public void InputsThatDoNotFitAreRefused()
    {
        Assert.Contains("4 values, not 3", Assert.Throws<ArgumentException>(() => new LabeledInputs(2, new float[3], new int[2])).Message);
        Assert.Contains("from 0", Assert.Throws<ArgumentException>(() => new LabeledInputs(1, new float[1], new[] { -1 })).Message);
        Assert.Contains("three axes", Assert.Throws<ArgumentException>(() => new LabeledInputs((1, 1, 1, 1), new float[1], new int[1])).Message);
    }

    [RealDataFact("mnist")]
    public void TheDigitsAreAllThere()
    {
        var digits = IdxReader.Read(RealData.Find("mnist")!, "t10k-");
        Assert.Equal((10_000, (Shape)(28, 28, 1)), (digits.Count, digits.Input));
        Assert.Equal([7, 2, 1, 0, 4], digits.Labels[..5].ToArray());
        Assert.Equal(10, digits.Labels.ToArray().Distinct().Count());
    }

    private static LabeledInputs Read(byte[] images, byte[] labels, string ending)
    {
        using var folder = new TempFolder();
        folder.Write("some-images-idx3-ubyte" + ending, images);
        folder.Write("some-labels-idx1-ubyte" + ending, labels);
        return IdxReader.Read(folder.Path, "some-");
    }

    private static byte[] Header(params int[] axes)
    {
        int[] all = [0x800 + axes[0], .. axes[1..]];
        return [.. all.SelectMany(number => BitConverter.GetBytes(System.Buffers.Binary.BinaryPrimitives.ReverseEndianness(number)))];
    }
}
