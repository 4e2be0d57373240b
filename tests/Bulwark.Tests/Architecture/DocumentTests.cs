using System.Reflection;
using System.Text.RegularExpressions;
using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Tests.Architecture;

/// <summary>What the documents say is there, and what they show compiles.</summary>
public sealed partial class DocumentTests
{
    public static TheoryData<string> Documents => [.. Repository.Documents.Select(document => document.Path)];

    [Theory, MemberData(nameof(Documents))]
    public void LinksResolve(string document)
    {
        foreach (Match link in Link.Matches(Prose(Repository.File(document))))
        {
            var (path, anchor) = (link.Groups["path"].Value, link.Groups["anchor"].Value);
            if (path.Contains("://") || path.StartsWith("mailto:")) continue;
            var target = path.Length == 0 ? document : Resolve(document, path);
            Assert.True(Repository.Exists(target), $"{document} links to {path}, which does not exist.");
            if (anchor.Length > 0) Assert.Contains(anchor, Anchors(Repository.File(target)));
        }
    }

    /// <summary>Paths that documents name, in prose or in commands.</summary>
    [Theory, MemberData(nameof(Documents))]
    public void NamedFilesExist(string document)
    {
        var missing = NamedPath.Matches(Repository.File(document).Text).Select(match => match.Value.TrimEnd('.', '/')).Where(path => !Repository.Exists(path));
        Assert.Empty(missing);
    }

    /// <summary>Every C# block is code that is compiled: lines of a source file, a test or a sample, all indented alike.</summary>
    [Theory, MemberData(nameof(Documents))]
    public void CodeIsCompiledSomewhere(string document)
    {
        foreach (var block in CodeBlocks(Repository.File(document)))
            Assert.True(Sources.Any(source => source.Contains(block)), $"{document} shows code that stands in no source file:\n{block}");
    }

    /// <summary>Every sample is a program that the build of these tests has compiled: see the target in their project file.</summary>
    [Fact]
    public void SamplesAreCompiled()
    {
        var samples = Repository.Sources("samples").Select(file => Path.GetFileNameWithoutExtension(file.Path)).ToArray();
        Assert.NotEmpty(samples);
        foreach (var sample in samples) Assert.NotNull(Assembly.LoadFrom(Path.Combine(AppContext.BaseDirectory, "samples", $"{sample}.dll")).EntryPoint);
    }

    /// <summary>Commands that documents and scripts give name verbs and flags that the command has.</summary>
    [Fact]
    public void CommandsExist()
    {
        var source = string.Concat(Repository.Sources("src/Bulwark.Cli").Select(file => file.Text));
        var commands = Repository.Documents.Append(Repository.File(".ci/run")).SelectMany(file => Command.Matches(file.Text.Replace("\\\n", " "))).ToArray();
        Assert.NotEmpty(commands);
        foreach (var words in commands.Select(command => command.Groups["words"].Value.Split(' ')))
        {
            Assert.Contains($"new(\"{words[0]}\"", source);
            foreach (var flag in words.Skip(1).Where(word => word.StartsWith("--"))) Assert.Contains($"\"{flag}\"", source);
        }
    }

    [Fact]
    public void EveryPartOfTheFormulaIsListed()
    {
        var everything = typeof(IAttack).Assembly.GetExportedTypes().Where(type => type is { IsClass: true, IsAbstract: false }).ToArray();
        Listed("docs/adding-an-attack.md", everything.Where(type => type.IsAssignableTo(typeof(IAttack)) || type.IsAssignableTo(typeof(Ball))));
        Listed("docs/adding-a-defense.md", everything.Where(type => type.IsAssignableTo(typeof(IDefense))));
        Listed("docs/adding-a-model.md", everything.Where(type => type.IsAssignableTo(typeof(IModel)) || type.IsAssignableTo(typeof(IRecommender))));
    }

    [Fact]
    public void EveryOperationIsListed()
    {
        var methods = typeof(Functions).GetMethods(BindingFlags.Public | BindingFlags.Static);
        var names = methods.Select(method => method.Name).Where(name => !name.StartsWith("op_")).Distinct();
        var text = Repository.File("docs/architecture.md").Text;
        Assert.DoesNotContain(names, name => !Regex.IsMatch(text, $@"\b{name}\b"));
    }

    /// <summary>A path of somebody's machine in a tracked file works on no other.</summary>
    [Fact]
    public void NoFileNamesAnAbsolutePath()
    {
        var found = from file in Repository.Files
                    from line in file.Lines.Index()
                    let match = AbsolutePath.Match(line.Item)
                    where match.Success
                    select $"{file.Path}, line {line.Index + 1}: {match.Value}";
        Assert.Empty(found);
    }

    /// <summary>All C# files with every line's indentation cut by 0, 4, 8 … spaces, so that a block is found however deep it stands.</summary>
    private static readonly string[] Sources =
    [
        .. from file in Repository.Sources("src", "tests", "samples")
           from depth in Enumerable.Range(0, 4)
           select Shifted(file, 4 * depth),
    ];

    private static string Shifted(SourceFile file, int indent) =>
        string.Join('\n', file.Lines.Select(line => line.Length == 0 ? line : line.StartsWith(new string(' ', indent)) ? line[indent..] : "\0")) + "\n";

    private static IEnumerable<string> CodeBlocks(SourceFile document)
    {
        List<string>? block = null;
        foreach (var line in document.Lines)
        {
            if (line == "```csharp") block = [];
            else if (line == "```" && block is not null)
            {
                yield return string.Join('\n', block) + "\n";
                block = null;
            }
            else block?.Add(line);
        }
    }

    /// <summary>The document without its code blocks.</summary>
    private static string Prose(SourceFile document) => Regex.Replace(document.Text, "^```.*?^```", "", RegexOptions.Singleline | RegexOptions.Multiline);

    private static IEnumerable<string> Anchors(SourceFile document) =>
        from line in document.Lines
        where line.StartsWith('#')
        select Regex.Replace(line.TrimStart('#', ' ').ToLowerInvariant(), @"[^\w\- ]", "").Replace(' ', '-');

    private static string Resolve(string document, string path) =>
        Path.GetRelativePath(Repository.Root, Path.GetFullPath(Path.Combine(Repository.Root, Path.GetDirectoryName(document)!, path))).Replace('\\', '/');

    private static void Listed(string document, IEnumerable<Type> types)
    {
        var text = Repository.File(document).Text;
        Assert.DoesNotContain(types.Select(type => type.Name), name => !Regex.IsMatch(text, $@"\b{name}\b"));
    }

    [GeneratedRegex(@"(?<!!)\[[^\]]*\]\((?<path>[^)#\s]*)(#(?<anchor>[^)\s]+))?\)")]
    private static partial Regex Link { get; }

    [GeneratedRegex(@"(?<![\w./-])(src|tests|samples|docs|benchmarks)/[\w./-]*\w")]
    private static partial Regex NamedPath { get; }

    [GeneratedRegex(@"--project src/Bulwark\.Cli -- (?<words>[a-z][^\n`|]*)")]
    private static partial Regex Command { get; }

    [GeneratedRegex(@"(?<![\w.~:/])/(home|Users|root|tmp|work|mnt|opt)/\w|\b[A-Z]:\\\w")]
    private static partial Regex AbsolutePath { get; }
}
