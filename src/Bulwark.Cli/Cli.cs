using System.CommandLine;
using System.CommandLine.Invocation;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;

namespace Bulwark.Cli;

/// <summary>The <c>bulwark</c> command.</summary>
public static class Cli
{
    private const string Description = """
        Trains recommenders, attacks them, hardens them, and proves what the hardening was worth.

          bulwark harden                       the main job on a generated shop: train, attack, harden, compare, report
          bulwark harden ratings.csv           the same on your data
          bulwark data describe ratings.csv    what the data look like
        """;

    /// <summary>All verbs, in the order of help.</summary>
    internal static IReadOnlyList<Verb> Verbs { get; } =
    [
        HardenVerb.Verb, TrainVerb.Verb, TuneVerb.Verb, AttackVerb.Verb, DetectVerb.Verb, GateVerb.Verb, PrivacyVerb.Verb, EvaluateVerb.Verb, RecommendVerb.Verb,
        ServeVerb.Verb, ReportVerb.Verb, ModelsVerb.Verb,
        GenerateBehaviorVerb.Verb, GenerateItemsVerb.Items, GenerateItemsVerb.Features,
        DescribeVerb.Verb, ValidateVerb.Verb, SplitVerb.Verb, GenerateVerb.Verb,
    ];

    /// <summary>The first words of verbs of two, in the order of help.</summary>
    private static readonly (string Name, string Help)[] Groups =
        [("generate", "Write synthetic data learned from real ones"), ("data", "Describe, validate, split or generate data")];

    /// <summary>Every setting of any verb: what a configuration file may hold.</summary>
    internal static IEnumerable<Setting> Settings => Verbs.SelectMany(verb => verb.Settings).Distinct();

    /// <summary>Runs the command with plain text for output.</summary>
    /// <param name="args">The command line without the command.</param>
    /// <param name="out">Gets the results.</param>
    /// <param name="error">Gets progress and complaints.</param>
    /// <param name="cancel">Ctrl+C.</param>
    /// <returns>0 ok, 1 usage, 2 data, 3 a robustness gate failed, 130 stopped.</returns>
    public static int Run(string[] args, TextWriter @out, TextWriter error, CancellationToken cancel = default) => Run(args, new Terminal(@out, error), cancel);

    internal static int Run(string[] args, Terminal terminal, CancellationToken cancel)
    {
        try
        {
            var parsing = new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null };
            var parsed = Root(terminal, cancel).Parse(args.Length == 0 ? ["--help"] : args, parsing);
            if (parsed.Action is ParseErrorAction) throw new UsageException(Complaint.About(parsed));
            return parsed.Invoke(new()
            {
                Output = terminal.Out,
                Error = terminal.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
        }
        catch (Exception exception)
        {
            return Failure.Tell(exception, terminal.Error);
        }
    }

    private static RootCommand Root(Terminal terminal, CancellationToken cancel)
    {
        var root = new RootCommand(Description);
        var groups = Groups.ToDictionary(group => group.Name, group => new Command(group.Name, group.Help));
        foreach (var verb in Verbs)
            (verb.Name.Split(' ') is [var group, _] ? groups[group] : root).Add(VerbCommand.Of(verb, terminal, cancel));
        foreach (var group in groups.Values) root.Add(group);
        return root;
    }
}
