using System.Globalization;
using Bulwark.Data;

namespace Bulwark.Benchmarks;

/// <summary><c>--name value</c> pairs.</summary>
internal sealed class Arguments(string[] args)
{
    public int Int(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public float Float(string name, float otherwise) => Text(name) is { } text ? float.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary><c>--seeds 1,2,3</c>; 1 alone where it is not given.</summary>
    public ulong[] Seeds() => [.. (Text("seeds") ?? "1").Split(',').Select(seed => ulong.Parse(seed, CultureInfo.InvariantCulture))];

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    /// <summary>A data set's folder: <c>--data</c>, or its name under BULWARK_DATA, or under shared/data beside a folder above.</summary>
    public string Data(string name)
    {
        if (Text("data") is { } given) return given;
        if (Environment.GetEnvironmentVariable("BULWARK_DATA") is { Length: > 0 } root) return Path.Combine(root, name);
        for (var folder = new DirectoryInfo(Environment.CurrentDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "data", name);
            if (Directory.Exists(path)) return path;
        }
        throw new DataException(name, null, "the folder was not found", "give --data or set BULWARK_DATA");
    }
}
