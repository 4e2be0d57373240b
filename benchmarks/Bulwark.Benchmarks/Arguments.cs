using System.Globalization;

namespace Bulwark.Benchmarks;

/// <summary><c>--name value</c> pairs, and bare <c>--name</c> flags.</summary>
internal sealed class Arguments(string[] args)
{
    public bool Has(string name) => args.Contains("--" + name);

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }

    public int Int(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public float Float(string name, float otherwise) => Text(name) is { } text ? float.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    /// <summary><c>--name .1,.2</c>; none where it is not given.</summary>
    public float[] Floats(string name) => [.. Text(name)?.Split(',').Select(number => float.Parse(number, CultureInfo.InvariantCulture)) ?? []];

    /// <summary><c>--seeds 1,2,3</c>; 1 alone where it is not given.</summary>
    public ulong[] Seeds() => [.. (Text("seeds") ?? "1").Split(',').Select(seed => ulong.Parse(seed, CultureInfo.InvariantCulture))];
}
