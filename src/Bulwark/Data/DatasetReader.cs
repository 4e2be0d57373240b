namespace Bulwark.Data;

/// <summary>Reads interactions from files of the formats that recommender research and shops use.</summary>
public static class DatasetReader
{
    /// <summary>Reads a folder or a file; its format is recognized unless the options name it.</summary>
    /// <exception cref="DataException">The data cannot be used; the message names file, line and remedy.</exception>
    public static Dataset Open(
        string path, ReadOptions? options = null, IProgress<ReadProgress>? progress = null, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
