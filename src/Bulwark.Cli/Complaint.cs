using System.CommandLine;
using Bulwark.Cli.Verbs;

namespace Bulwark.Cli;

/// <summary>What is wrong with a command line, in one sentence.</summary>
internal static class Complaint
{
    /// <summary>What the parser did not understand.</summary>
    public static string About(ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        if (parsed.UnmatchedTokens is not [var first, ..]) return parsed.Errors[0].Message;
        var option = parsed.UnmatchedTokens.FirstOrDefault(token => token.StartsWith('-'));
        return option is not null ? Option(option, command)
            : command.Subcommands.Count > 0 ? Suggest.Unknown("verb", first, command.Subcommands.Select(c => c.Name))
            : TooMany(first, command);
    }

    /// <summary>The parser takes what it does not know for an argument.</summary>
    public static void Check(IReadOnlyList<string> arguments, Verb verb, Command command)
    {
        if (arguments.FirstOrDefault(argument => argument is ['-', _, ..]) is { } option) throw new UsageException(Option(option, command));
        if (verb.Positional is { } positional && arguments.Count > positional.Most) throw new UsageException(TooMany(arguments[positional.Most], command));
    }

    private static string Option(string given, Command command) =>
        Suggest.Unknown("option", given, command.Options.Select(option => option.Name).Append("--help"));

    private static string TooMany(string argument, Command command) =>
        $"'{argument}' is one argument too many; quote names that hold spaces, and see bulwark {Path(command)} --help.";

    private static string Path(Command command) =>
        command.Parents.FirstOrDefault() is Command parent and not RootCommand ? $"{parent.Name} {command.Name}" : command.Name;
}
