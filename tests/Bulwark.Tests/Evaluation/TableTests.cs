using System.Text.Json;
using Bulwark.Evaluation;

namespace Bulwark.Tests.Evaluation;

public class TableTests
{
    private static readonly Table Sample = new(
        ["item", "n"],
        [["手机", "7"], ["a|b, \"c\"", "1200"], ["e\u0301tude\nII", ""], ["<b>", "n/a"]],
        [false, true]);

    private static string Print(Action<TextWriter> write)
    {
        var writer = new StringWriter();
        write(writer);
        return writer.ToString();
    }

    [Fact]
    public void TextAlignsChineseAndCombiningMarks() => Assert.Equal(
        // 手机 takes four columns, é (e and a combining accent) one; the widest cell, a|b, "c", takes eight.
        "item         n\n" +
        "--------  ----\n" +
        "手机         7\n" +
        "a|b, \"c\"  1200\n" +
        "e\u0301tude II\n" +
        "<b>        n/a\n", Print(Sample.WriteText));

    [Fact]
    public void TextCannotControlTheTerminal() =>
        Assert.DoesNotContain('\u001b', Print(new Table(["a"], [["\u001b[31mred"]], [false]).WriteText));

    [Fact]
    public void CsvFollowsRfc4180() => Assert.Equal(
        "item,n\r\n手机,7\r\n\"a|b, \"\"c\"\"\",1200\r\n\"e\u0301tude\nII\",\r\n<b>,n/a\r\n", Print(Sample.WriteCsv));

    [Fact]
    public void MarkdownEscapesItsOwnSigns() => Assert.Equal(
        "| item | n |\n| --- | ---: |\n| 手机 | 7 |\n| a\\|b, \"c\" | 1200 |\n| e\u0301tude II |  |\n| &lt;b> | n/a |\n", Print(Sample.WriteMarkdown));

    [Fact]
    public void JsonHasNumbersNullsAndText()
    {
        var rows = JsonDocument.Parse(Print(Sample.WriteJson)).RootElement;
        Assert.Equal(("手机", 7), (rows[0].GetProperty("item").GetString(), rows[0].GetProperty("n").GetInt32()));
        Assert.Equal(JsonValueKind.Null, rows[2].GetProperty("n").ValueKind);
        Assert.Equal("n/a", rows[3].GetProperty("n").GetString());
    }

    [Fact]
    public void AnEmptyTableIsItsHeader()
    {
        var table = new Table(["model"], [], [false]);
        Assert.Equal("model\n-----\n", Print(table.WriteText));
        Assert.Equal("[]\n", Print(table.WriteJson));
    }
}
