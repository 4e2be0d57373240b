using System.Text.RegularExpressions;

namespace Bulwark.Tests.Architecture;

/// <summary>A text file of the repository.</summary>
/// <param name="Path">From the repository's root, with forward slashes.</param>
/// <param name="Text">All of it.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>The folders of the path.</summary>
    public string[] Folders => Path.Split('/')[..^1];

    public string[] Lines { get; } = Text.ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    /// <summary>The lines without their comments. A '//' behind a colon is an address, not a comment.</summary>
    public IEnumerable<(int Number, string Code)> Code => Lines.Select((line, index) => (index + 1, Comment.Replace(line, "")));

    /// <summary>Where a pattern occurs in the code: one message a line.</summary>
    public IEnumerable<string> Matches(Regex pattern, string rule) =>
        from line in Code
        let match = pattern.Match(line.Code)
        where match.Success
        select $"{Path}, line {line.Number}: {match.Value.Trim()}: {rule}";

    [GeneratedRegex("(?<!:)//.*$")]
    private static partial Regex Comment { get; }
}
