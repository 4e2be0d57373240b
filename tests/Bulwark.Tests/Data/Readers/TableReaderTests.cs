using Bulwark.Data;
using Bulwark.Data.Readers;

namespace Bulwark.Tests.Data.Readers;

public sealed class TableReaderTests
{
    [Theory]
    [InlineData("n,text\n1.5,a\n,\"b, c\"\n-2,\n")]
    [InlineData("n\ttext\r\n1.5\ta\r\n\tb, c\r\n-2\t\r\n")]
    public void ColumnsAreReadWithWhatIsMissing(string text)
    {
        using var folder = new TempFolder();
        var table = TableReader.Read(folder.Write("t.csv", text), "n");
        Assert.Equal(["1", "2", "3"], table.Ids.Ids);
        Assert.Equal([1.5f, float.NaN, -2], table["n"].Numbers.ToArray());
        Assert.Equal(new[] { "a", "b, c", null }, table["text"].Texts.ToArray());
        Assert.Equal(new[] { "b, c", "a" }, table.Part([1, 0])["text"].Texts.ToArray());
    }

    [Theory]
    [InlineData("n,t\n1,a\nx,b\n", "line 3", "'x' is not a number")]
    [InlineData("n,t\n1,a\n2\n", "line 3", "1 field instead of 2")]
    [InlineData("n,t\nNaN,a\n", "line 2", "not a number")]
    [InlineData("n,n\n1,a\n", "line 1", "share a name")]
    [InlineData("m,t\n1,a\n", "line 1", "no column 'n'")]
    [InlineData("n,t\n", "", "no rows")]
    [InlineData("n,t\n1,\"a\n", "line 2", "never closed")]
    public void WhatCannotBeReadIsNamed(string text, string where, string what)
    {
        using var folder = new TempFolder();
        var problem = Assert.Throws<DataException>(() => TableReader.Read(folder.Write("t.csv", text), "n")).Message;
        Assert.Contains(where, problem);
        Assert.Contains(what, problem);
    }

    [RealDataFact("criteo-sample/train.tiny.csv")]
    public void TheCriteoSampleIsReadWhole()
    {
        string[] numbers = ["Label", .. Enumerable.Range(1, 13).Select(i => $"I{i}")];
        var table = TableReader.Read(RealData.Find("criteo-sample/train.tiny.csv")!, numbers);
        Assert.Equal((1999, 41), (table.Count, table.Columns.Count));
        Assert.Equal(418, table["Label"].Numbers.ToArray().Sum());
        Assert.Equal([1, 2, 2], table["I1"].Numbers[..3].ToArray());
        Assert.True(float.IsNaN(table["I1"].Numbers[3]));
        Assert.Null(table["C22"].Texts[0]);
    }
}
