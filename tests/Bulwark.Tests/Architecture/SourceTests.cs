using System.Xml.Linq;

namespace Bulwark.Tests.Architecture;

/// <summary>The rules of docs/architecture.md and CONTRIBUTING.md, read off the source. Each rule is also shown a file that breaks it.</summary>
public sealed class SourceTests
{
    private static readonly SourceFile[] Library = [.. Repository.Sources("src")];
    private static readonly SourceFile[] Everything =
        [.. Repository.Sources("src", "tests", "benchmarks", "samples").Where(file => !file.Path.EndsWith("Architecture/SourceTests.cs"))];   // shows what breaks the rules

    /// <summary>What each project may reference.</summary>
    private static readonly Dictionary<string, string[]> References = new()
    {
        ["Bulwark.Tensors"] = [],
        ["Bulwark"] = ["Bulwark.Tensors"],
        ["Bulwark.Server"] = ["Bulwark"],
        ["Bulwark.Cli"] = ["Bulwark", "Bulwark.Server"],
        ["Bulwark.Tensors.Tests"] = ["Bulwark.Tensors"],
        ["Bulwark.Tests"] = ["Bulwark"],
        ["Bulwark.Server.Tests"] = ["Bulwark.Server"],
        ["Bulwark.Cli.Tests"] = ["Bulwark.Cli"],
        ["Bulwark.Benchmarks"] = ["Bulwark", "Bulwark.Server"],
    };

    [Fact]
    public void LayersUseOnlyLowerOnes() => Holds(SourceRules.Layering, Library);

    [Fact]
    public void NamespacesAreFolders() => Holds(SourceRules.Namespace, Library);

    [Fact]
    public void OnlyTensorsUseVectors() => Holds(SourceRules.NoVectorsOutsideTensors, [.. Library, .. Repository.Sources("samples")]);

    [Fact]
    public void NothingDependsOnClocksOrUnseededChance() => Holds(SourceRules.NoHiddenInputs, Everything);

    [Fact]
    public void OnlyTheCommandLineWritesToTheTerminal() => Holds(SourceRules.NoConsole, Library);

    [Fact]
    public void FilesAreShort() => Holds(SourceRules.Length, Everything);

    [Fact]
    public void LinesAreShort() => Holds(SourceRules.Width, Everything);

    [Fact]
    public void AFileHoldsOneType() => Holds(SourceRules.OneType, Library);

    [Theory]
    [InlineData("Layering", "src/Bulwark/Models/X.cs", "using Bulwark.Attacks;")]
    [InlineData("Layering", "src/Bulwark/Models/Graph/X.cs", "    private readonly Attacks.Noise _noise = new();")]
    [InlineData("Layering", "src/Bulwark/Training/X.cs", "var report = new Bulwark.Evaluation.Report();")]
    [InlineData("Layering", "src/Bulwark/Oddments/X.cs", "")]
    [InlineData("Namespace", "src/Bulwark/Models/X.cs", "namespace Bulwark.Data;")]
    [InlineData("NoVectorsOutsideTensors", "src/Bulwark/Models/X.cs", "using System.Runtime.Intrinsics;")]
    [InlineData("NoVectorsOutsideTensors", "src/Bulwark/Models/X.cs", "    private static unsafe void Copy()")]
    [InlineData("NoHiddenInputs", "src/Bulwark/Models/X.cs", "var rng = new Random(7);")]
    [InlineData("NoHiddenInputs", "src/Bulwark/Models/X.cs", "var now = DateTime.Now;")]
    [InlineData("NoConsole", "src/Bulwark/Models/X.cs", "Console.WriteLine();")]
    [InlineData("OneType", "src/Bulwark/Models/X.cs", "public sealed class Y;")]
    public void ARuleFindsWhatBreaksIt(string rule, string path, string text) => Assert.NotEmpty(Rule(rule)(new(path, text)));

    [Theory]
    [InlineData("Layering", "src/Bulwark/Evaluation/X.cs", "using Bulwark.Attacks;")]
    [InlineData("Layering", "src/Bulwark/Models/X.cs", "// see Bulwark.Attacks")]
    [InlineData("NoVectorsOutsideTensors", "src/Bulwark.Tensors/X.cs", "using System.Runtime.Intrinsics;")]
    [InlineData("NoConsole", "src/Bulwark.Cli/X.cs", "Console.WriteLine();")]
    [InlineData("OneType", "src/Bulwark/Models/X.cs", "public sealed class X;\npublic enum Y { A }")]
    public void ARuleLeavesTheRestAlone(string rule, string path, string text) => Assert.Empty(Rule(rule)(new(path, text)));

    [Fact]
    public void LongFilesAndLinesAndCrowdedFilesAreFound()
    {
        Assert.NotEmpty(SourceRules.Length(new("src/X.cs", string.Join('\n', Enumerable.Repeat("x", SourceRules.LongestFile + 1)))));
        Assert.NotEmpty(SourceRules.Width(new("src/X.cs", new string('x', SourceRules.LongestLine + 1))));
        var body = string.Concat(Enumerable.Repeat("    int x;\n", SourceRules.LargestCompanion));
        Assert.NotEmpty(SourceRules.OneType(new("src/Bulwark/Models/X.cs", $"public class X\n{{\n}}\n\npublic class Y\n{{\n{body}}}\n")));
    }

    [Fact]
    public void ProjectsReferenceOnlyWhatLiesBelow()
    {
        var projects = Repository.Files.Where(file => file.Path.EndsWith(".csproj")).ToArray();
        Assert.Equal(References.Keys.Order(), projects.Select(project => project.Name).Order());
        foreach (var project in projects)
        {
            var references = XDocument.Parse(project.Text).Descendants("ProjectReference").Select(reference => reference.Attribute("Include")!.Value);
            Assert.Equal(References[project.Name], references.Select(path => Path.GetFileNameWithoutExtension(path.Replace('\\', '/'))));
            Assert.True(Repository.Exists($"{string.Join('/', project.Folders)}/packages.lock.json"), $"{project.Path} has no lock file beside it.");
            if (project.Path.StartsWith("src/")) Assert.Equal(project.Name == "Bulwark.Tensors", project.Text.Contains("AllowUnsafeBlocks"));
        }
    }

    /// <summary>tests/Bulwark.Tests/Data/… is about src/Bulwark/Data/….</summary>
    [Fact]
    public void TestFoldersMirrorSourceFolders()
    {
        var folders = Repository.Sources("tests").Select(file => string.Join('/', file.Folders)).Distinct().Where(folder => !folder.EndsWith("/Architecture"));
        var strays = folders.Where(folder => !Repository.Exists(folder.Replace("tests/", "src/").Replace(".Tests", "")));
        Assert.Empty(strays);
    }

    private static void Holds(Func<SourceFile, IEnumerable<string>> rule, IReadOnlyCollection<SourceFile> files)
    {
        Assert.NotEmpty(files);
        var broken = files.SelectMany(rule).ToArray();
        Assert.True(broken.Length == 0, string.Join('\n', broken));
    }

    private static Func<SourceFile, IEnumerable<string>> Rule(string name) =>
        typeof(SourceRules).GetMethod(name)!.CreateDelegate<Func<SourceFile, IEnumerable<string>>>();
}
