using System.Globalization;
using System.Text;

namespace Bulwark.Data.Writers;

/// <summary>
/// Writes RecBole's atomic files: <c>x.inter</c>, <c>x.item</c>, <c>x.user</c>, and <c>x.test.inter</c> for a given test part; pictures of items, as an IDX file
/// <c>x.pictures-idx4-ubyte</c>. Each file is written
/// aside and renamed when it is whole.
/// </summary>
public static class RecBoleWriter
{
    internal const string Pictures = ".pictures-idx4-ubyte";

    /// <summary>Writes all of a data set but its negatives, for which the format has no place, into a folder, which is made if need be.</summary>
    /// <exception cref="DataException">An id or a text has a tab or a line end, or a text is empty.</exception>
    public static void Write(Dataset dataset, string folder, CancellationToken cancellation = default)
    {
        Directory.CreateDirectory(folder);
        var stem = Path.Combine(folder, dataset.Name);
        Write(dataset.Interactions, stem + ".inter", cancellation);
        if (dataset.Test is { } test) Write(test, stem + ".test.inter", cancellation);
        if (dataset.Items is { } items) Write(items, "item_id", stem + ".item", cancellation);
        if (dataset.Pictures is { } pictures) IdxWriter.Write(pictures, stem + Pictures);
        if (dataset.Users is { } users) Write(users, "user_id", stem + ".user", cancellation);
    }

    /// <summary>Writes an <c>.inter</c> file; kinds become a column <c>kind:token</c>.</summary>
    /// <param name="interactions">The rows.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the writing; nothing is left behind.</param>
    /// <param name="mark">The name of a last column that is 1 in every row, such as one that says that all of them are synthetic; null for none.</param>
    /// <exception cref="DataException">An id has a tab or a line end.</exception>
    public static void Write(Interactions interactions, string path, CancellationToken cancellation = default, string? mark = null) => Aside(path, file =>
    {
        file.Write("user_id:token\titem_id:token");
        if (interactions.HasValues) file.Write("\trating:float");
        if (interactions.HasTimes) file.Write("\ttimestamp:float");
        if (interactions.HasKinds) file.Write("\tkind:token");
        if (mark is not null) file.Write($"\t{Check(path, mark)}:float");
        file.Write('\n');
        foreach (var id in interactions.Users.Ids) Check(path, id);
        foreach (var id in interactions.Items.Ids) Check(path, id);
        for (var row = 0; row < interactions.Count; row++)
        {
            if (row % 65_536 == 0) cancellation.ThrowIfCancellationRequested();
            file.Write(interactions.Users[interactions.User[row]]);
            file.Write('\t');
            file.Write(interactions.Items[interactions.Item[row]]);
            if (interactions.HasValues) file.Write(string.Create(CultureInfo.InvariantCulture, $"\t{interactions.Value[row]:R}"));
            if (interactions.HasTimes) file.Write(string.Create(CultureInfo.InvariantCulture, $"\t{interactions.Time[row]}"));
            if (interactions.HasKinds) file.Write(interactions.Kind[row] switch
            {
                EventKind.View => "\tview",
                EventKind.Cart => "\tcart",
                EventKind.Buy => "\tbuy",
                _ => "\trate",
            });
            if (mark is not null) file.Write("\t1");
            file.Write('\n');
        }
    });

    /// <summary>Writes an <c>.item</c> or <c>.user</c> file; missing entries become empty fields.</summary>
    /// <param name="table">The attributes.</param>
    /// <param name="idName">The name of the column of ids.</param>
    /// <param name="path">The file.</param>
    /// <param name="cancellation">Stops the writing; nothing is left behind.</param>
    /// <exception cref="DataException">An id or a text has a tab or a line end, or a text is empty.</exception>
    public static void Write(AttributeTable table, string idName, string path, CancellationToken cancellation = default) => Aside(path, file =>
    {
        file.Write($"{idName}:token");
        foreach (var column in table.Columns) file.Write($"\t{Check(path, column.Name)}:{TypeOf(column.Kind)}");
        file.Write('\n');
        for (var row = 0; row < table.Count; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            file.Write(Check(path, table.Ids[row]));
            foreach (var column in table.Columns)
            {
                file.Write('\t');
                if (column.Kind != AttributeKind.Float && column.Texts[row] is { } text) file.Write(Check(path, text));
                else if (column.Kind == AttributeKind.Float && !float.IsNaN(column.Numbers[row]))
                    file.Write(column.Numbers[row].ToString("R", CultureInfo.InvariantCulture));
            }
            file.Write('\n');
        }
    });

    private static string TypeOf(AttributeKind kind) => kind switch
    {
        AttributeKind.Token => "token",
        AttributeKind.TokenSequence => "token_seq",
        AttributeKind.Float => "float",
        _ => "float_seq",
    };

    /// <summary>A text that stands for itself in the format.</summary>
    private static string Check(string path, string text)
    {
        if (text.Length > 0 && text.AsSpan().IndexOfAny('\t', '\n', '\r') < 0) return text;
        var problem = text.Length == 0 ? "an empty text" : $"the tab or line end in '{text.ReplaceLineEndings(" ").Replace('\t', ' ')}'";
        throw new DataException(path, null, $"the format cannot hold {problem}", "replace it before writing");
    }

    /// <summary>Writes beside the path and renames, so that the path never has half a file.</summary>
    private static void Aside(string path, Action<StreamWriter> write)
    {
        var aside = path + ".partial";
        try
        {
            using (var file = new StreamWriter(aside, append: false, new UTF8Encoding(false, throwOnInvalidBytes: true), 1 << 16)) write(file);
            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }
}
