using Bulwark.Evaluation;

namespace Bulwark.Cli.Output;

/// <summary>How results are written to standard output.</summary>
internal enum OutputFormat
{
    Table,
    Json,
    Csv,
    Markdown,
}

/// <summary>Tables in the formats.</summary>
internal static class OutputFormats
{
    public static OutputFormat Parse(string text) => Settings.Parse.Word(
        "output format", ("table", OutputFormat.Table), ("json", OutputFormat.Json), ("csv", OutputFormat.Csv), ("md", OutputFormat.Markdown))(text);

    /// <summary>Writes a table: drawn on a terminal, plain when redirected.</summary>
    public static void Write(this Terminal terminal, Table table, OutputFormat format)
    {
        switch (format)
        {
            case OutputFormat.Json: table.WriteJson(terminal.Out); break;
            case OutputFormat.Csv: table.WriteCsv(terminal.Out); break;
            case OutputFormat.Markdown: table.WriteMarkdown(terminal.Out); break;
            default:
                if (terminal.OutIsTerminal) Draw(terminal, table);
                else table.WriteText(terminal.Out);
                break;
        }
    }

    private static void Draw(Terminal terminal, Table table)
    {
        var drawn = new Spectre.Console.Table { Border = Spectre.Console.TableBorder.Rounded };
        for (var column = 0; column < table.Header.Length; column++)
            drawn.AddColumn(new Spectre.Console.TableColumn(new Spectre.Console.Text(table.Header[column], new(decoration: Spectre.Console.Decoration.Bold)))
            {
                Alignment = table.Numeric[column] ? Spectre.Console.Justify.Right : Spectre.Console.Justify.Left,
            });
        foreach (var row in table.Rows) drawn.Rows.Add(row.Select(cell => new Spectre.Console.Text(cell)));
        terminal.Canvas(terminal.Out).Write(drawn);
    }
}
