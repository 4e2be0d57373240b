using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Writers;
using Bulwark.Generative;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Verbs;

/// <summary>
/// <c>bulwark generate items</c>: made-up items with attributes, and <c>bulwark generate features</c>: vectors of the texts of items that there are not, each
/// of a category. A column says that they are synthetic.
/// </summary>
internal static class GenerateItemsVerb
{
    private const string Mark = "synthetic";
    private const int Width = 32;
    private static readonly Setting<string> From = Known.DataPath with { Flag = "--from", Short = null, Help = "Data with a table of items to learn from" };
    private static readonly Setting<int> Count = new("generate.count", "1000", "How many to make up", Parse.Whole(1, 10_000_000), "--count");
    private static readonly Setting<string> Category = new("generate.category", "category", "Column of items that tells their category", Parse.Text, "--category");
    private static readonly Setting<int> Epochs = new(
        "features.epochs", "60", "Passes over the items with the critic, and as many before without", Parse.Whole(1, 1_000_000), "--epochs");
    private static readonly Setting<string> Out = new("out", "", "File that gets them, as RecBole's .item", Parse.Text, "--out");
    private static readonly Setting[] _settings =
        [From, .. Known.Data.Where(setting => setting != Known.DataPath), Count, Category, Epochs, Known.Seed1, Known.Threads, Out];

    public static Verb Items { get; } = new("generate items", "Make up items with attributes like those of real ones", _settings, call => Run(call, MakeItems));

    public static Verb Features { get; } = new("generate features", "Make up vectors of items' texts, like those of real ones", _settings, call => Run(call, MakeFeatures));

    private delegate AttributeTable Make(
        AttributeTable items, string category, FeatureGanOptions options, int count, Rng rng, IProgress<TrainingProgress> progress, CancellationToken cancel);

    private static int Run(Call call, Make make)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var path = settings.Get(Out);
        if (!path.EndsWith(".item", StringComparison.Ordinal)) throw new UsageException("Name the file to write: --out made-up.item.");
        Threading.Use(settings);
        var (from, epochs, category) = (settings.Get(From), settings.Get(Epochs), settings.Get(Category));
        var items = LoadedData.From(settings, call.Cancel).Dataset.Items
            ?? throw new DataException(from, null, "says nothing about items", "give data with a file of items, such as .item");
        if (items.Find(category) is null)
            throw new UsageException($"The items have no column '{category}'; name one with --category: {string.Join(", ", items.Columns.Select(column => column.Name))}.");
        AttributeTable? made = null;
        Status.Show(call.Terminal, status => made = UsageException.OfRefused(() => make(
            items, category, new(epochs, epochs), settings.Get(Count), new Rng(settings.Get(Known.Seed1)).Fork("generate"), status.Of("feature-gan"), call.Cancel)));
        RecBoleWriter.Write(new(made!.Ids, [.. made.Columns, new(Mark, [.. Enumerable.Repeat(1f, made.Count)])]), "item_id", path, call.Cancel);
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{path}: {made.Count:N0} made-up items after {items.Count:N0} real ones."));
        return ExitCode.Ok;
    }

    private static AttributeTable MakeItems(
        AttributeTable items, string category, FeatureGanOptions options, int count, Rng rng, IProgress<TrainingProgress> progress, CancellationToken cancel) =>
        new ItemGan(items, category, options).Make(count, rng, progress, cancel);

    /// <summary>The numbers of texts' vectors, made up as any are.</summary>
    private static AttributeTable MakeFeatures(
        AttributeTable items, string category, FeatureGanOptions options, int count, Rng rng, IProgress<TrainingProgress> progress, CancellationToken cancel)
    {
        AttributeColumn[] texts = [.. items.Columns.Where(column => column.Kind == AttributeKind.TokenSequence)];
        string[] whole = [.. Enumerable.Range(0, items.Count).Select(item => string.Join(' ', texts.Select(column => column.Texts[item])))];
        var vectors = ItemVectors.Latent(whole, Width, rng.Fork("directions"));
        var width = vectors.Shape[1];
        AttributeTable numbers = new(items.Ids,
        [
            items[category],
            .. Enumerable.Range(0, width).Select(f => new AttributeColumn($"v{f}", [.. Enumerable.Range(0, items.Count).Select(item => vectors.Values[item * width + f])])),
        ]);
        var made = new ItemGan(numbers, category, options).Make(count, rng, progress, cancel);
        var vector = Enumerable.Range(0, count).Select(item =>
            string.Join(' ', made.Columns.Skip(1).Select(column => column.Numbers[item].ToString("R", CultureInfo.InvariantCulture)))).ToArray();
        return new(made.Ids, [made[category], new("vector", vector, AttributeKind.FloatSequence)]);
    }
}
