namespace Bulwark.Data.Readers;

/// <summary>
/// A folder of <c>train.pairs.tsv</c> (user, item) and <c>testset.tsv</c> (user, item, rating, time), as in the data of MSAP (Anelli et al. 2021).
/// </summary>
internal static class MsapReader
{
    public static Dataset Read(string folder, Reading reading)
    {
        var trainPath = Files.Need(folder, "train.pairs.tsv");
        var testPath = Files.Need(folder, "testset.tsv");
        var train = HeaderlessReader.ReadRows(trainPath, reading);
        var test = HeaderlessReader.ReadRows(testPath, reading);
        return new(Files.NameOf(folder), reading.Build(train, trainPath), null, null, reading.Build(test, testPath), null, "MSAP folder", reading.Report());
    }
}
