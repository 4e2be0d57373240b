namespace Bulwark.Data.Readers;

/// <summary>
/// A folder as in the data of neural collaborative filtering (He et al. 2017): <c>x.train.rating</c> or <c>x.train.pairs.tsv</c>,
/// <c>x.test.rating</c>, and <c>x.test.negative</c> with lines <c>(user,item) negative negative …</c>.
/// </summary>
internal static class NcfReader
{
    public static Dataset Read(string folder, Reading reading)
    {
        var trainPath = Files.Find(folder, ".train.rating", suffix: true) ?? Files.Need(folder, ".train.pairs.tsv", suffix: true);
        var testPath = Files.Need(folder, ".test.rating", suffix: true);
        var negativePath = Files.Find(folder, ".test.negative", suffix: true);
        var train = HeaderlessReader.ReadRows(trainPath, reading);
        var test = HeaderlessReader.ReadRows(testPath, reading);
        var negatives = negativePath is null ? null : NegativesReader.Read(negativePath, reading, Separator.Tab, pairs: true);
        return new(Files.NameOf(folder), reading.Build(train, trainPath), null, null, reading.Build(test, testPath), negatives, "NCF folder", reading.Report());
    }
}
