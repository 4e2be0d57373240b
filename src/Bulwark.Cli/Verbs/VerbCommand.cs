using System.CommandLine;
using Bulwark.Cli.Output;
using Bulwark.Cli.Settings;

namespace Bulwark.Cli.Verbs;

/// <summary>A verb as a command of the parser: every option is a text, which the settings read.</summary>
internal static class VerbCommand
{
    private const int MostArguments = 10_000;                // at the parser: we say ourselves what is one too many

    public static Command Of(Verb verb, Terminal terminal, CancellationToken cancel)
    {
        var command = new Command(verb.Name.Split(' ')[^1], verb.Summary);
        var argument = verb.Positional is { } p ? new Argument<string[]>(p.Name) { Description = p.Help, Arity = new(p.Least, MostArguments) } : null;
        if (argument is not null) command.Add(argument);
        var flags = verb.Settings.Where(setting => setting.Flag is not null).Select(setting => (Setting: setting, Option: Option(setting))).ToArray();
        foreach (var (_, option) in flags) command.Add(option);
        var config = new Option<string>("--config", "-c") { Description = "JSON file of settings", HelpName = "file" };
        var set = new Option<string[]>("--set") { Description = "Any setting: --set key.sub=value", HelpName = "key=value" };
        var print = new Option<bool>("--print-config") { Description = "Show every setting and where it came from, and stop" };
        command.Add(config);
        command.Add(set);
        command.Add(print);
        command.SetAction(parsed =>
        {
            var layers = new List<Layer>();
            if (parsed.GetValue(config) is { } file) layers.Add(Layer.File(file, Cli.Settings));
            var arguments = argument is null ? [] : parsed.GetValue(argument) ?? [];
            Complaint.Check(arguments, verb, command);
            var given = flags.Select(flag => (flag.Setting, From: flag.Setting.Flag!, Value: parsed.GetValue(flag.Option))).ToList();
            if (verb.Positional?.Means is { } means && arguments is [var only]) given.Insert(0, (means, "command line", only));
            foreach (var (setting, from, value) in given)
                if (value is not null) layers.Add(Layer.Of(from, setting.Key, value));
            if (parsed.GetValue(set) is { Length: > 0 } assignments) layers.Add(Layer.Set(assignments, verb.Settings));
            return verb.Run(new Call(verb, layers, arguments, parsed.GetValue(print), terminal, cancel));
        });
        return command;
    }

    private static Option<string> Option(Setting setting)
    {
        var option = new Option<string>(setting.Flag!) { Description = $"{setting.Help} [default: {setting.Default}]", HelpName = setting.Key.Split('.')[^1] };
        if (setting.Short is { } alias) option.Aliases.Add(alias);
        return option;
    }
}
