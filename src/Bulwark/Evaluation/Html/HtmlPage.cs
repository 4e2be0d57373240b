using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>The building blocks of the page: sections, figures, tables that scroll in their own container, lists of facts.</summary>
internal sealed class HtmlPage(TextWriter writer)
{
    /// <summary>What writes the elements.</summary>
    public Markup Markup { get; } = new(writer);

    /// <summary>Writes a whole page: no scripts, no other files, light and dark. It is well-formed XML as well, and every text in it is encoded.</summary>
    /// <param name="writer">Where the page goes; it must write UTF-8.</param>
    /// <param name="title">Its title.</param>
    /// <param name="body">Writes what it shows.</param>
    /// <param name="refresh">After which time it loads itself again; null for never.</param>
    public static void Write(TextWriter writer, string title, Action<HtmlPage> body, TimeSpan? refresh = null)
    {
        var page = new HtmlPage(writer);
        writer.Write("<!DOCTYPE html>\n");
        using (page.Markup.Element("html", ("lang", "en")))
        {
            page.WriteHead(title, refresh);
            using (page.Markup.Element("body"))
            using (page.Markup.Element("main"))
                body(page);
        }
        writer.Write('\n');
    }

    private void WriteHead(string title, TimeSpan? refresh)
    {
        using (Markup.Element("head"))
        {
            Markup.Void("meta", ("charset", "utf-8"));
            Markup.Void("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
            Markup.Void("meta", ("http-equiv", "Content-Security-Policy"), ("content", "default-src 'none'; style-src 'unsafe-inline'; img-src data:"));
            Markup.Void("meta", ("name", "color-scheme"), ("content", "light dark"));
            if (refresh is { } after) Markup.Void("meta", ("http-equiv", "refresh"), ("content", (long)Math.Max(1, after.TotalSeconds)));
            Markup.Void("link", ("rel", "icon"), ("href", "data:,"));              // so that no server is asked for one
            Markup.Leaf("title", title);
            Markup.Line();
            Markup.Style(HtmlStyle.Sheet);
        }
    }

    /// <summary>A section with its heading; disposing the result closes it.</summary>
    public Markup.Scope Section(string id, string heading)
    {
        Markup.Line();
        var scope = Markup.Element("section", ("id", id), ("aria-labelledby", $"{id}-heading"));
        Markup.Leaf("h2", heading, ("id", $"{id}-heading"));
        return scope;
    }

    /// <summary>A paragraph, when there is something to say.</summary>
    public void Paragraph(string text)
    {
        if (text.Length > 0) Markup.Leaf("p", text);
    }

    /// <summary>Charts side by side under one caption.</summary>
    public void Figure(string caption, IEnumerable<Action<TextWriter>> charts)
    {
        Markup.Line();
        using (Markup.Element("figure"))
        {
            Markup.Leaf("figcaption", caption);
            using (Markup.Element("div", ("class", "charts")))
                foreach (var chart in charts)
                {
                    Markup.Line();
                    using (Markup.Element("div")) Markup.Chart(chart);
                }
        }
    }

    /// <summary>Pictures side by side, each under its name, part of the page itself.</summary>
    public void Pictures(IEnumerable<ReportPicture> pictures)
    {
        Markup.Line();
        using (Markup.Element("div", ("class", "charts")))
            foreach (var picture in pictures)
            {
                Markup.Line();
                using (Markup.Element("figure"))
                {
                    Markup.Leaf("figcaption", picture.Name);
                    var source = $"data:image/png;base64,{Convert.ToBase64String(picture.Png)}";
                    Markup.Void("img", ("class", "pixels"), ("alt", picture.Description), ("src", source));
                }
            }
    }

    /// <summary>A table with a caption: a bold name and what to know.</summary>
    public void Table(string name, string note, Table table) =>
        Table(name, note, table.Header, table.Numeric, table.Rows.Length, (row, column) => Markup.Text(table.Rows[row][column]));

    /// <summary>A table whose cells are written by <paramref name="cell"/>; the first column names the rows.</summary>
    public void Table(string name, string note, IReadOnlyList<string> header, IReadOnlyList<bool> numeric, int rows, Action<int, int> cell)
    {
        Markup.Line();
        using (Markup.Element("div", ("class", "scroll"), ("tabindex", 0), ("role", "region"), ("aria-label", $"Table: {name}")))
        using (Markup.Element("table", ("class", numeric.Contains(true) ? "wide" : "wrap")))
        {
            using (Markup.Element("caption"))
            using (Markup.Element("span"))
            {
                Markup.Leaf("b", name);
                Markup.Text(note.Length > 0 ? ". " + note : "");
            }
            using (Markup.Element("thead"))
            using (Markup.Element("tr"))
                for (var column = 0; column < header.Count; column++)
                    Markup.Leaf("th", header[column], ("scope", "col"), ("class", Class(numeric[column], column)));
            using (Markup.Element("tbody"))
                for (var row = 0; row < rows; row++)
                {
                    Markup.Line();
                    using (Markup.Element("tr"))
                        for (var column = 0; column < header.Count; column++)
                            using (Cell(numeric[column], column)) cell(row, column);
                }
        }
    }

    /// <summary>Names with their values.</summary>
    public void Facts(IEnumerable<ReportFact> facts, bool code = false)
    {
        Markup.Line();
        using (Markup.Element("dl"))
            foreach (var fact in facts)
            {
                Markup.Leaf("dt", fact.Name);
                using (Markup.Element("dd"))
                    if (code) Markup.Leaf("code", fact.Value);
                    else Markup.Text(fact.Value);
            }
    }

    /// <summary>Sentences as a list.</summary>
    public void List(IEnumerable<string> sentences)
    {
        using (Markup.Element("ul", ("class", "prose")))
            foreach (var sentence in sentences) Markup.Leaf("li", sentence);
    }

    private Markup.Scope Cell(bool numeric, int column) => column == 0
        ? Markup.Element("th", ("scope", "row"), ("class", Class(numeric, column))) : Markup.Element("td", ("class", Class(numeric, column)));

    private static string Class(bool numeric, int column) => (numeric, column) switch { (true, 0) => "n pin", (true, _) => "n", (_, 0) => "pin", _ => "text" };
}
