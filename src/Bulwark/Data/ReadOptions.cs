namespace Bulwark.Data;

/// <summary>File formats of interactions.</summary>
public enum InputFormat
{
    /// <summary>RecBole's atomic files: <c>x.inter</c>, <c>x.item</c>, <c>x.user</c> with typed headers.</summary>
    RecBole,

    /// <summary>MovieLens: <c>u.data</c> (100K), <c>ratings.dat</c> (1M, 10M) or <c>ratings.csv</c> (20M and later).</summary>
    MovieLens,

    /// <summary>LightGCN: a folder of <c>train.txt</c> and <c>test.txt</c> with lines <c>user item item …</c>.</summary>
    LightGcn,

    /// <summary>Neural collaborative filtering: <c>*.train.rating</c> or <c>*.train.pairs.tsv</c>, <c>*.test.rating</c>, <c>*.test.negative</c>.</summary>
    Ncf,

    /// <summary>MSAP: a folder of <c>train.pairs.tsv</c> and <c>testset.tsv</c>.</summary>
    Msap,

    /// <summary>Lines <c>user item item …</c> in time order; <c>x_sample.txt</c> beside <c>x.txt</c> holds negatives.</summary>
    Sequences,

    /// <summary>CSV or TSV with a header.</summary>
    Delimited,

    /// <summary>Lines <c>user item [rating [time]]</c> without a header.</summary>
    Headerless,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}

/// <summary>What to do with a row that cannot be used.</summary>
public enum OnError
{
    /// <summary>Stop with a <see cref="DataException"/>.</summary>
    Fail,

    /// <summary>Leave it out and count it.</summary>
    Skip,

    /// <summary>Leave it out and keep it in the report.</summary>
    Quarantine,
}

/// <summary>How to read.</summary>
/// <param name="Format">The format; null to recognize it from the folder or file.</param>
/// <param name="OnError">What to do with rows that cannot be used.</param>
public sealed record ReadOptions(InputFormat? Format = null, OnError OnError = OnError.Fail)
{
    /// <summary>Columns of interactions to keep beside the usual ones, by name: see <see cref="Interactions.Context"/>. Files with a header have such.</summary>
    public IReadOnlyList<string> Context { get; init; } = [];
}

/// <summary>How far reading has come.</summary>
/// <param name="File">The file.</param>
/// <param name="Lines">Lines of it that are done.</param>
public readonly record struct ReadProgress(string File, long Lines);
