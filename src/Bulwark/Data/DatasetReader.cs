using Bulwark.Data.Readers;

namespace Bulwark.Data;

/// <summary>
/// Reads interactions from the formats that recommender research and shops use: see <see cref="InputFormat"/>. A suffix <c>.gz</c> is accepted on any
/// file. Ids are taken as they stand. Repeated rows of one user, item and (where known) kind are not an error: the latest stays, and the report counts
/// the rest.
/// </summary>
public static class DatasetReader
{
    /// <summary>Reads a folder or a file; its format is recognized unless the options name it.</summary>
    /// <param name="path">A folder or a file.</param>
    /// <param name="options">Format and what to do with bad rows; null to recognize the one and fail on the other.</param>
    /// <param name="progress">Told every 65,536 lines.</param>
    /// <param name="cancellation">Looked at every 65,536 lines.</param>
    /// <exception cref="DataException">The data cannot be used; the message names file, line and remedy.</exception>
    public static Dataset Open(
        string path, ReadOptions? options = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default)
    {
        options ??= new();
        if (!Path.Exists(path)) throw new DataException(path, null, "does not exist", "check the path");
        var (format, source) = options.Format is { } given ? (given, path) : FormatDetector.Detect(path);
        var reading = new Reading(options, progress, cancellation);
        return format switch
        {
            InputFormat.RecBole => RecBoleReader.Read(source, reading),
            InputFormat.MovieLens => MovieLensReader.Read(source, reading),
            InputFormat.LightGcn => LightGcnReader.Read(source, reading),
            InputFormat.Ncf => NcfReader.Read(source, reading),
            InputFormat.Msap => MsapReader.Read(source, reading),
            InputFormat.Sequences => SequenceReader.Read(FormatDetector.OneFile(source), reading),
            InputFormat.Delimited => DelimitedReader.Read(FormatDetector.OneFile(source), reading),
            InputFormat.Headerless => HeaderlessReader.Read(FormatDetector.OneFile(source), reading),
            InputFormat.JsonLines => JsonLinesReader.Read(FormatDetector.OneFile(source), reading),
            _ => throw new ArgumentOutOfRangeException(nameof(options), format, "Not a known format."),
        };
    }
}
