using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>The images of a run, in the two parts that they come in: MNIST's files, train-… and t10k-….</summary>
/// <param name="Name">The folder's name.</param>
/// <param name="Train">What is learned from.</param>
/// <param name="Test">What is judged on.</param>
/// <param name="Classes">How many the training part has.</param>
internal sealed record LabeledImages(string Name, LabeledInputs Train, LabeledInputs Test, int Classes)
{
    private const string Learn = "train-";
    private const string Given = "the two parts that the data come in";

    /// <summary>SHA-256 of the pixels and classes of both parts.</summary>
    public string Hash { get; } = HashOf(Train, Test);

    /// <summary>What data.json holds.</summary>
    public DataFile File => new(Hash, Given, Train.Count, Test.Count, false,
    [
        new("Name", Name), new("Format", "IDX images"), new("Images to learn from", Number(Train.Count)), new("Images to judge on", Number(Test.Count)),
        new("Height × width", $"{Train.Input[0]} × {Train.Input[1]}"), new("Classes", Number(Classes)), new("Of each class to learn from", Counts(Train)),
        new("Of each class to judge on", Counts(Test)), new("SHA-256", Hash),
    ]);

    /// <summary>Whether a path holds images rather than interactions.</summary>
    public static bool Are(string path) => IdxReader.Holds(path, Learn);

    /// <summary>What a report says of them.</summary>
    public Compose Composing(Resolved settings, string judged) => new(
        settings, $"Accuracy is the share of {judged} whose class alone has the highest score.", Hash, Given, []);

    /// <summary>Reads the folder that the settings name.</summary>
    /// <exception cref="DataException">It cannot be used.</exception>
    public static LabeledImages From(Resolved settings)
    {
        var path = settings.Get(Known.DataPath);
        if (path == LoadedData.ShopName && !Path.Exists(path))
            throw new UsageException($"{settings.Get(Known.Model)} tells classes of images, and the shop has none; name a folder of IDX files.");
        return From(path);
    }

    /// <summary>Reads a folder.</summary>
    /// <exception cref="DataException">It cannot be used.</exception>
    public static LabeledImages From(string path)
    {
        var (train, test) = (IdxReader.Read(path, Learn), IdxReader.Read(path, "t10k-"));
        if (!test.Input.Equals(train.Input))
            throw new DataException(path, null, $"has training images of {train.Input} and test images of {test.Input}", "take both parts from one set");
        var classes = train.Labels.ToArray().Max() + 1;
        if (classes < 2) throw new DataException(path, null, "has one class alone in its training part", "take images of at least two");
        if (test.Labels.ToArray().Max() is var most && most >= classes)
            throw new DataException(path, null, $"has the class {most} in its test part and none above {classes - 1} in training", "take both parts from one set");
        return new(Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(path))), train, test, classes);
    }

    /// <summary>So many of the test part, drawn without order; all of them where there are no more.</summary>
    public LabeledInputs Sample(int count, Rng rng)
    {
        int[] all = [.. Enumerable.Range(0, Test.Count)];
        if (count >= all.Length) return Test;
        rng.Fork("images").Shuffle<int>(all);
        return Test.Part(all.AsSpan(0, count));
    }

    private static string HashOf(params ReadOnlySpan<LabeledInputs> parts)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts)
        {
            hash.AppendData(MemoryMarshal.AsBytes(part.Labels));
            for (var i = 0; i < part.Count; i++) hash.AppendData(MemoryMarshal.AsBytes(part[i]));
        }
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static string Counts(LabeledInputs part) => string.Join(", ", part.Labels.ToArray().CountBy(label => label).OrderBy(pair => pair.Key)
        .Select(pair => $"{pair.Key.ToString(CultureInfo.InvariantCulture)} × {Number(pair.Value)}"));

    private static string Number(int count) => count.ToString("N0", CultureInfo.InvariantCulture);
}
