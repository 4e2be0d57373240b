using Bulwark.Data;

namespace Bulwark.Tests.Data.Readers;

/// <summary>Published data sets have the counts that their papers state.</summary>
public class RealDataTests
{
    private static void Check(Interactions data, int users, int items, int rows) =>
        Assert.Equal((users, items, rows), (data.UserCount, data.ItemCount, data.Count));

    [RealDataFact("ncf-ml-1m")]
    public void Ncf_MovieLens_1M()
    {
        var data = DatasetReader.Open(RealData.Find("ncf-ml-1m")!);

        Check(data.Interactions, 6040, 3706, 994_169);
        Assert.Equal(6040, data.Test!.Count);
        // 99 for each of 6,040 users, but for 156 users whose test item stands among its own negatives.
        Assert.Equal((6040, 99 * 6040 - 156), (data.Negatives!.UserCount, data.Negatives.Count));
        Assert.Equal(0, data.Report.Duplicates);
        var split = Splits.Given(data);
        Assert.Null(split.Warning);                                      // no test pair is a training pair
        for (var user = 0; user < 6040; user++)
        {
            Assert.InRange(data.Negatives[user].Length, 98, 99);
            Assert.Equal(1, data.Test.ByUser.Items(user).Length);
            Assert.False(data.Negatives[user].Contains(data.Test.ByUser.Items(user)[0]));
        }
    }

    [RealDataFact("msap-ml-1m")]
    public void Msap_MovieLens_1M()
    {
        var data = DatasetReader.Open(RealData.Find("msap-ml-1m")!);

        Check(data.Interactions, 6040, 3706, 994_169);
        Assert.Equal(6040, data.Test!.Count);
        Assert.Null(Splits.Given(data).Warning);
    }

    [RealDataFact("ml-100k")]
    public void MovieLens_100K_both_ways()
    {
        var folder = RealData.Find("ml-100k")!;
        var recbole = DatasetReader.Open(folder);
        var original = DatasetReader.Open(Path.Combine(folder, "u.data"));

        Check(recbole.Interactions, 943, 1682, 100_000);
        Assert.Equal((1682, 943), (recbole.Items!.Count, recbole.Users!.Count));
        Assert.Equal("Toy Story", recbole.Items["movie_title"].Texts[0]);
        Assert.Equal(original.Interactions.Hash, recbole.Interactions.Hash);
    }

    [RealDataFact("gowalla")]
    public void Gowalla()
    {
        var data = DatasetReader.Open(RealData.Find("gowalla")!);

        Check(data.Interactions, 29_858, 40_981, 810_128);
        Assert.Equal(217_242, data.Test!.Count);
        Assert.Null(Splits.Given(data).Warning);
    }

    [RealDataFact("s3rec")]
    public void S3Rec_sequences()
    {
        Check(DatasetReader.Open(RealData.Find("s3rec/Beauty.txt")!).Interactions, 22_363, 12_101, 198_502);
        var lastFm = DatasetReader.Open(RealData.Find("s3rec/LastFM.txt")!);

        Check(lastFm.Interactions, 1090, 3646, 52_551);
        Assert.Equal(1090 * 99, lastFm.Negatives!.Count);
        Assert.Equal(0, lastFm.Report.Duplicates);
    }
}
