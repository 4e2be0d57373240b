namespace Bulwark.Data.Readers;

/// <summary>A folder of <c>train.txt</c> and <c>test.txt</c> with lines <c>user item item …</c>, as in the data of LightGCN (He et al. 2020).</summary>
internal static class LightGcnReader
{
    public static Dataset Read(string folder, Reading reading)
    {
        var trainPath = Files.Need(folder, "train.txt");
        var testPath = Files.Need(folder, "test.txt");
        var train = SequenceReader.ReadRows(trainPath, reading);
        var test = SequenceReader.ReadRows(testPath, reading);
        return new(
            Files.NameOf(folder), reading.Build(train, trainPath), null, null, reading.Build(test, testPath), null, "LightGCN folder", reading.Report());
    }
}
