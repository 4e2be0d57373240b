using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Cli.Runs;

/// <summary>Items to learn a generator from.</summary>
/// <param name="Items">What is known of them.</param>
/// <param name="Data">Of the data that they come with.</param>
/// <param name="Model">The model of the run that they come from; null for data.</param>
internal sealed record ItemSource(AttributeTable Items, DataFile Data, SavedModel? Model)
{
    private const int Width = 32;

    /// <summary>The table of the data that the settings name; of the folder of a run, that of its data, as far as its model knows the items.</summary>
    /// <exception cref="DataException">There is no table of items.</exception>
    public static ItemSource From(Resolved settings, CancellationToken cancel)
    {
        var path = settings.Get(Known.DataPath);
        var folder = Path.Combine(path, "model");
        if (!Directory.Exists(folder))
        {
            var (items, dataset) = Table(settings, cancel);
            return new(items, RunFiles.Whole(dataset), null);
        }
        var model = SavedModel.Load(folder);
        var run = new Resolved(SettingsOf.Data, [Layer.File(Path.Combine(path, "config.json"), Cli.Settings)]);
        return new(Table(run, cancel).Items.Align(model.Train.Items), RunFiles.ReadData(path), model);
    }

    /// <summary>The category, and a column for each number of an item's vector: of the run's model, else of its text.</summary>
    /// <exception cref="UsageException">The model has no vectors of items.</exception>
    public AttributeTable Vectors(string category, Rng rng)
    {
        var vectors = Model is null ? OfTexts(rng) : Model.Model is IRowModel rows ? rows.ItemRows(Model.At!)
            : throw new UsageException($"{Model.Kind} has no vectors of items; give a run of a model that has, such as bpr, or data with texts.");
        var width = vectors.Shape[1];                                                            // (items, width)
        return new(Items.Ids,
        [
            Items[category],
            .. Enumerable.Range(0, width).Select(f => new AttributeColumn($"v{f}", Numbers(f))),
        ]);

        float[] Numbers(int f) => [.. Enumerable.Range(0, Items.Count).Select(item => vectors.Values[item * width + f])];
    }

    private Tensor OfTexts(Rng rng)
    {
        AttributeColumn[] texts = [.. Items.Columns.Where(column => column.Kind == AttributeKind.TokenSequence)];
        string[] whole = [.. Enumerable.Range(0, Items.Count).Select(item => string.Join(' ', texts.Select(column => column.Texts[item])))];
        return ItemVectors.Latent(whole, Width, rng.Fork("directions"));
    }

    private static (AttributeTable Items, Dataset Dataset) Table(Resolved settings, CancellationToken cancel)
    {
        var dataset = LoadedData.From(settings, cancel).Dataset;
        return dataset.Items is { } items ? (items, dataset)
            : throw new DataException(settings.Get(Known.DataPath), null, "says nothing about items", "give data with a file of items, such as .item");
    }
}
