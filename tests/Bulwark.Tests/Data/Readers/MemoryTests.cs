using Bulwark.Data;

namespace Bulwark.Tests.Data.Readers;

/// <summary>Runs alone: other tests would add to what it measures.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    [RealDataFact("gowalla")]
    public void Gowalla_is_small_in_memory()
    {
        var before = Settled();
        var data = DatasetReader.Open(RealData.Find("gowalla")!);
        var bytes = Settled() - before;

        // Two columns of 4 bytes for 1,027,370 rows are 8.2 MB; 70,839 ids with their index take the rest.
        Assert.InRange(bytes, 8_000_000, 20_000_000);
        GC.KeepAlive(data);
    }

    /// <summary>Bytes in use once what earlier tests left to finalizers and pools is gone.</summary>
    private static long Settled()
    {
        for (var round = 0; round < 3; round++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
