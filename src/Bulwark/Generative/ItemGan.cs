using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative;

/// <summary>
/// Made-up items: rows of a table of attributes, by a <see cref="FeatureGan"/> over <see cref="AttributeVectors"/> given a category. A column of tokens says
/// the likeliest, one of token sequences all words at least half as likely as that, a number is brought back to its scale and range.
/// </summary>
public sealed class ItemGan
{
    private const int MostWords = 100;
    private const string Prefix = "synthetic-";
    private readonly AttributeTable _table;
    private readonly (AttributeColumn Attribute, int First, int Count)[] _layout;
    private readonly string[] _categories;
    private readonly int[] _category;
    private readonly Tensor _vectors;                        // (items, features)
    private readonly FeatureGan _gan;

    /// <summary>
    /// For these items. Of the columns take part those of numbers, and of tokens or token sequences with at most a hundred different ones; items without a
    /// category do not.
    /// </summary>
    /// <param name="items">The table.</param>
    /// <param name="category">The column that tells the category, of tokens.</param>
    /// <param name="options">How.</param>
    /// <exception cref="ArgumentException">The column has no tokens, or there is no other column that can take part.</exception>
    /// <exception cref="KeyNotFoundException">There is no such column.</exception>
    public ItemGan(AttributeTable items, string category, FeatureGanOptions options)
    {
        if (items[category].Kind is AttributeKind.Float or AttributeKind.FloatSequence)
            throw new ArgumentException($"Column '{category}' holds numbers; name one of tokens for the category.");
        _table = items.Part(Enumerable.Range(0, items.Count).Where(row => items[category].Texts[row] is not null));
        var labels = _table[category].Texts.ToArray();
        _categories = [.. labels.OfType<string>().Distinct().Order(StringComparer.Ordinal)];
        _category = [.. labels.Select(label => Array.IndexOf(_categories, label))];
        string[] columns = [.. _table.Columns.Where(column => column.Name != category && Takes(column)).Select(column => column.Name)];
        if (columns.Length == 0 || _category.Length == 0)
            throw new ArgumentException($"Beside '{category}' the items have no column of numbers, or of at most {MostWords} different tokens, to make up.");
        (_layout, Category) = ([.. AttributeVectors.Layout(_table, columns)], category);
        _vectors = AttributeVectors.Of(_table, columns).ToTensor().Keep();
        _gan = new(new(_vectors.Shape[1], _vectors.Values.ToArray(), _category), _categories.Length, options);
    }

    /// <summary>The name of the category's column.</summary>
    public string Category { get; }

    /// <summary>
    /// So many items, synthetic-1 and so on: the category of each is that of a random real one. Columns as in the table, and the category first.
    /// </summary>
    public MadeItems Make(int count, Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var chance = rng.Fork("categories");
        int[] drawn = [.. Enumerable.Range(0, count).Select(_ => _category[chance.Next(_category.Length)])];
        var (sampler, game) = _gan.Train(rng.Fork("gan"), progress, cancel);
        return Made(drawn, sampler.Draw(new Ids(drawn), rng.Fork("items")), game);
    }

    /// <summary>
    /// So many items evenly between two of one category, from the first to the second, by <see cref="FeatureSampler.Between"/>; those two are not among them.
    /// </summary>
    /// <exception cref="ArgumentException">An item is unknown or without a category, or their categories differ.</exception>
    public MadeItems Between(
        string first, string second, int count, Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var (from, to) = (Row(first), Row(second));
        if (_category[from] != _category[to])
            throw new ArgumentException(
                $"{Category} of '{first}' is '{_categories[_category[from]]}', of '{second}' '{_categories[_category[to]]}'; name two of one {Category}.");
        var (sampler, game) = _gan.Train(rng.Fork("gan"), progress, cancel);
        var (x, y, category) = (_vectors.Rows(new Ids([from])), _vectors.Rows(new Ids([to])), new Ids([_category[from]]));
        return Made(
            [.. Enumerable.Repeat(_category[from], count)],
            Tensor.Concat(0, [.. Enumerable.Range(1, count).Select(n => sampler.Between(x, y, n / (count + 1f), category))]), game);

        int Row(string id) =>
            _table.Ids.TryGet(id, out var row) ? row : throw new ArgumentException($"No item with a {Category} is called '{id}'; name one of the items.");
    }

    private MadeItems Made(int[] categories, Tensor x, GameResult game) => new(Table(categories, x), x.Keep(), _vectors, game);

    /// <summary>Items of these categories with what x says, (count, features).</summary>
    private AttributeTable Table(int[] categories, Tensor x)
    {
        float[] Said(int row, int first, int columns) => x.Values.Slice(row * x.Shape[1] + first, columns).ToArray();
        var columns = _layout.Select(part => Column(part.Attribute, [.. categories.Select((_, row) => Said(row, part.First, part.Count))]));
        return new(new Vocabulary(Enumerable.Range(1, categories.Length).Select(n => $"{Prefix}{n}")),
            [new(Category, [.. categories.Select(label => _categories[label])]), .. columns]);
    }

    private static AttributeColumn Column(AttributeColumn real, float[][] said)
    {
        if (real.Kind == AttributeKind.Float)
        {
            float[] known = [.. real.Numbers.ToArray().Where(float.IsFinite)];
            var (mean, low, high) = (known.Average(), known.Min(), known.Max());
            var deviation = MathF.Sqrt(known.Average(number => (number - mean) * (number - mean)));
            return new(real.Name, [.. said.Select(one => Math.Clamp(one[0] * deviation + mean, low, high))]);
        }
        var words = Words(real);
        return new(real.Name, [.. said.Select(one => real.Kind == AttributeKind.Token ? words[Array.IndexOf(one, one.Max())]
            : string.Join(' ', words.Where((_, n) => one[n] >= one.Max() / 2)))], real.Kind);
    }

    private static bool Takes(AttributeColumn column) => column.Kind == AttributeKind.Float ? column.Numbers.ContainsAnyExcept(float.NaN)
        : column.Kind != AttributeKind.FloatSequence && Words(column) is { Length: > 0 and <= MostWords };

    /// <summary>In the order of <see cref="AttributeVectors"/>: of first appearance.</summary>
    private static string[] Words(AttributeColumn column) => [.. column.Texts.ToArray().OfType<string>().SelectMany(text =>
        column.Kind == AttributeKind.Token ? [text] : text.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct()];
}
