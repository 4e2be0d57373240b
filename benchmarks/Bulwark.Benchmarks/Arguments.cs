using System.Globalization;

namespace Bulwark.Benchmarks;

/// <summary><c>--name value</c> pairs and <c>--name</c> flags.</summary>
internal sealed class Arguments(string[] args)
{
    public int Int(string name, int otherwise) => Text(name) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    public bool Has(string name) => args.Contains("--" + name);

    public string? Text(string name)
    {
        var at = Array.IndexOf(args, "--" + name);
        return at >= 0 && at + 1 < args.Length ? args[at + 1] : null;
    }
}
