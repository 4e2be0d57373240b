using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Writers;
using Bulwark.Evaluation;
using Bulwark.Generative;
using Bulwark.Tensors;

namespace Bulwark.Cli.Verbs;

/// <summary>
/// <c>bulwark generate items</c>: made-up items with attributes, and <c>bulwark generate features</c>: vectors of items that there are not, like those of the
/// items' texts or, from a run, of its model; each of a category, or between two real ones. A column says that they are synthetic.
/// </summary>
internal static class GenerateItemsVerb
{
    private const string Mark = "synthetic";
    private static readonly Setting<string> From = Known.DataPath with
    {
        Flag = "--from",
        Short = null,
        Help = "Data with a table of items to learn from, or the folder of a run",
    };
    private static readonly Setting<int> Count = new("generate.count", "1000", "How many to make up", Parse.Whole(1, 10_000_000), "--count");
    private static readonly Setting<string> Category = new(
        "generate.category", "category", "Column of items that tells their category", Parse.Text, "--category");
    private static readonly Setting<string> Between = new(
        "generate.between", "", "Two items of one category, as a,b: all that is made up lies evenly between them", Parse.Text, "--between");
    private static readonly Setting<int> Epochs = new(
        "features.epochs", "60", "Passes over the items with the critic, and as many before without", Parse.Whole(1, 1_000_000), "--epochs");
    private static readonly Setting<string> Out = new("out", "", "File that gets them, as RecBole's .item; a folder with the report comes beside it", Parse.Text, "--out");
    private static readonly Setting[] _settings =
        [From, .. SettingsOf.Data.Where(setting => setting != Known.DataPath), Count, Category, Between, Epochs, Known.Seed1, Known.Threads, Known.Format, Out];

    public static Verb Items { get; } = new("generate items", "Make up items with attributes like those of real ones", _settings,
        call => Run(call, (source, _, _) => source.Items, made => made));

    public static Verb Features { get; } = new("generate features", "Make up vectors of items, of their texts or as a run's model has them", _settings,
        call => Run(call, (source, category, rng) => source.Vectors(category, rng), OneColumn));

    private static int Run(Call call, Func<ItemSource, string, Rng, AttributeTable> learned, Func<AttributeTable, AttributeTable> written)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var path = settings.Get(Out);
        if (!path.EndsWith(".item", StringComparison.Ordinal)) throw new UsageException("Name the file to write: --out made-up.item.");
        Threading.Use(settings);
        var (epochs, category, count) = (settings.Get(Epochs), settings.Get(Category), settings.Get(Count));
        var rng = new Rng(settings.Get(Known.Seed1)).Fork("generate");
        var (ends, source) = (Ends(settings), ItemSource.From(settings, call.Cancel));
        if (source.Items.Find(category) is null)
            throw new UsageException(
                $"The items have no column '{category}'; name one with --category: {string.Join(", ", source.Items.Columns.Select(column => column.Name))}.");
        var (compose, name) = (MadeReport.Begin(settings, source.Data), "feature-gan");
        Report? report = null;
        var folder = RunFolder.Beside(path, settings, "generate", name, source.Data.Sha256, folder =>
        {
            Status.Show(call.Terminal, status =>
            {
                var made = UsageException.OfRefused(() =>
                {
                    var gan = new ItemGan(learned(source, category, rng), category, new(epochs, epochs));
                    return ends is var (first, second)
                        ? gan.Between(first, second, count, rng, status.Of(name), call.Cancel) : gan.Make(count, rng, status.Of(name), call.Cancel);
                });
                var table = written(made.Table);
                RecBoleWriter.Write(new(table.Ids, [.. table.Columns, new(Mark, [.. Enumerable.Repeat(1f, table.Count)])]), "item_id", path, call.Cancel);
                var said = string.Create(
                    CultureInfo.InvariantCulture, $"{path} holds {count:N0} made-up items after {source.Items.Count:N0} real ones; figures are of their vectors.");
                var rows = MadeReport.OfItems(name, made.Real, made.Vectors, rng.Fork("report"));
                report = compose.Of(settings, $"{Path.GetFileName(path)}: made-up items", said, rows, [new(name, made.Game.Curve)]);
            });
            RunFiles.Write(folder, source.Data, report!);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        return ExitCode.Ok;
    }

    /// <summary>The two items of <c>--between</c>; null without it.</summary>
    private static (string First, string Second)? Ends(Resolved settings) => settings.Get(Between) is not { Length: > 0 } text ? null
        : text.Split(',', StringSplitOptions.TrimEntries) is [{ Length: > 0 } first, { Length: > 0 } second] && first != second ? (first, second)
        : throw new UsageException($"--between needs two items, as a,b, but '{text}' is something else.");

    /// <summary>The numbers of each item in a column of their own become one vector.</summary>
    private static AttributeTable OneColumn(AttributeTable made)
    {
        var vector = Enumerable.Range(0, made.Count).Select(item =>
            string.Join(' ', made.Columns.Skip(1).Select(column => column.Numbers[item].ToString("R", CultureInfo.InvariantCulture)))).ToArray();
        return new(made.Ids, [made.Columns[0], new("vector", vector, AttributeKind.FloatSequence)]);
    }
}
