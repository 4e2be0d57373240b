using System.Text.RegularExpressions;

namespace Bulwark.Tests.Architecture;

/// <summary>Rules about one source file; each gives a message for every place that breaks it.</summary>
internal static partial class SourceRules
{
    public const int LongestFile = 320;
    public const int LongestLine = 170;                      // text in quotes not counted: a sentence for users stays in one piece
    public const int LongestLineWithText = 220;
    public const int LargestCompanion = 20;

    /// <summary>The namespaces of the library; each may use those before it.</summary>
    public static readonly string[] Layers = ["Data", "Features", "Models", "Training", "Attacks", "Defenses", "Generative", "Evaluation"];

    /// <summary>Folders that divide a namespace without being one.</summary>
    private static readonly string[] Drawers = ["src/Bulwark.Tensors/Functions", "src/Bulwark/Data/Shop"];

    /// <summary>Files named after a family rather than after one type.</summary>
    private static readonly string[] Families = ["Lanes.cs", "MatMulShapes.cs", "Program.cs"];

    /// <summary>Types with a file's main type that are larger than a companion, and why.</summary>
    private static readonly string[] LargeCompanions =
    [
        "HardeningOptions",                                  // the knobs of one experiment, read beside it
    ];

    /// <summary>A layer of the library does not name a higher one.</summary>
    public static IEnumerable<string> Layering(SourceFile file)
    {
        if (file.Folders is not ["src", "Bulwark", var layer, ..]) return [];
        var height = Array.IndexOf(Layers, layer);
        if (height < 0) return [$"{file.Path}: '{layer}' is not among the layers {string.Join(", ", Layers)}."];
        var higher = string.Join('|', Layers[(height + 1)..]);
        if (higher.Length == 0) return [];
        var names = new Regex($@"Bulwark\.({higher})\b|(?<![\w.])({higher})\.[A-Z]");
        return file.Matches(names, $"{layer} must not know a layer above it.");
    }

    /// <summary>The namespace is the path.</summary>
    public static IEnumerable<string> Namespace(SourceFile file)
    {
        if (file.Folders is not ["src", _, ..] || file.Name == "Program") return [];
        var folders = Drawers.Contains(string.Join('/', file.Folders)) ? file.Folders[1..^1] : file.Folders[1..];
        var expected = $"namespace {string.Join('.', folders)};";
        return file.Lines.Contains(expected) ? [] : [$"{file.Path}: expected '{expected}'."];
    }

    /// <summary>Vector instructions and pointers stay inside the tensor core. Run folders may say which ones the machine has.</summary>
    public static IEnumerable<string> NoVectorsOutsideTensors(SourceFile file) =>
        file.Path.StartsWith("src/Bulwark.Tensors/") || file.Name == "MachineFacts" ? [] : file.Matches(Vectors, "only Bulwark.Tensors uses vector instructions and unsafe code.");

    /// <summary>Equal seeds give equal results, whatever the clock says.</summary>
    public static IEnumerable<string> NoHiddenInputs(SourceFile file) => file.Matches(HiddenInputs, "results must depend on arguments and seeds alone.");

    /// <summary>Libraries do not write to the terminal.</summary>
    public static IEnumerable<string> NoConsole(SourceFile file) =>
        file.Path.StartsWith("src/Bulwark.Cli/") ? [] : file.Matches(Terminal, "only the command line writes to the terminal.");

    public static IEnumerable<string> Length(SourceFile file) =>
        file.Lines.Length <= LongestFile ? [] : [$"{file.Path} has {file.Lines.Length} lines; the most is {LongestFile}."];

    public static IEnumerable<string> Width(SourceFile file) =>
        from line in file.Lines.Index()
        where Quoted.Replace(line.Item, "").Length > LongestLine || line.Item.Length > LongestLineWithText
        select $"{file.Path}, line {line.Index + 1} has {line.Item.Length} characters; aim at 160, the most is {LongestLine}.";

    /// <summary>A file holds the type it is named after and, beside it, only enums, delegates and other public types of a few lines.</summary>
    public static IEnumerable<string> OneType(SourceFile file)
    {
        if (Drawers.Contains(string.Join('/', file.Folders)) && file.Text.Contains("partial class Functions")) yield break;
        var types = Types(file).ToArray();
        if (!Families.Contains(Path.GetFileName(file.Path)) && !types.Any(type => type.Name == file.Name))
            yield return $"{file.Path}: holds no type '{file.Name}'.";
        foreach (var type in types.Where(type => type.IsPublic && type.Name != file.Name && !LargeCompanions.Contains(type.Name)))
            if (type.Kind is not ("enum" or "delegate") && type.Lines > LargestCompanion)
                yield return $"{file.Path}: the public type '{type.Name}' has {type.Lines} lines; it deserves a file of its own.";
    }

    /// <summary>The top-level types of a file: their declarations begin in the first column.</summary>
    private static IEnumerable<(string Name, string Kind, bool IsPublic, int Lines)> Types(SourceFile file)
    {
        for (var line = 0; line < file.Lines.Length; line++)
        {
            if (Declaration.Match(file.Lines[line]) is not { Success: true } match) continue;
            var end = line;
            while (end < file.Lines.Length - 1 && !(file.Lines[end] == "}" || file.Lines[end].EndsWith(';') && !file.Lines[line..end].Contains("{"))) end++;
            yield return (match.Groups["name"].Value, match.Groups["kind"].Value, match.Value.StartsWith("public"), end - line + 1);
        }
    }

    [GeneratedRegex("\"(\\\\.|[^\"\\\\])*\"")]
    private static partial Regex Quoted { get; }

    [GeneratedRegex(
        @"^(public|internal|file)?\s?((static|sealed|abstract|readonly|unsafe|partial|ref)\s)*" +
        @"((?<kind>class|struct|interface|enum|record struct|record)\s(?<name>\w+)|(?<kind>delegate)\s[^(]*?(?<name>\w+)(<[^(]*>)?\()")]
    private static partial Regex Declaration { get; }

    [GeneratedRegex(@"System\.Runtime\.Intrinsics|\bVector(64|128|256|512)\b|\bunsafe\b(?!-)|\bNativeMemory\b")]
    private static partial Regex Vectors { get; }

    [GeneratedRegex(@"\bnew (System\.)?Random\b|\bRandom\.Shared\b|\bDateTime(Offset)?\.Now\b|\bGuid\.NewGuid\b|\bEnvironment\.TickCount|\bParallel\.For")]
    private static partial Regex HiddenInputs { get; }

    [GeneratedRegex(@"(?<![\w.])(System\.)?Console\.\w+")]
    private static partial Regex Terminal { get; }
}
