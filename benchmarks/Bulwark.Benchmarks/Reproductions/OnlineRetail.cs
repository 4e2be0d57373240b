using System.Text;
using Bulwark.Data;
using Bulwark.Data.Readers;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// A year of a shop's invoices (UCI Online Retail: Chen, Sain and Guo 2012): who bought which product when, and what the shop calls it. Left out:
/// lines without a customer, cancellations, and codes that are no products, such as postage.
/// </summary>
/// <param name="Purchases">All lines, in file order.</param>
/// <param name="Titles">(items) the description that most of a product's lines have.</param>
internal sealed record OnlineRetail(Interactions Purchases, string[] Titles)
{
    public static OnlineRetail Read(string path)
    {
        using var reader = new LineReader(path);
        var record = new CsvRecord(reader, (byte)',');
        record.Next();
        var names = record.ToArray();
        var columns = new[] { "InvoiceNo", "StockCode", "Description", "Quantity", "InvoiceDate", "CustomerID" }.Select(name => Array.IndexOf(names, name)).ToArray();
        if (columns.Contains(-1)) throw new DataException(path, 1, "it has not the columns of UCI Online Retail", "name the folder of online_retail.csv.gz");
        var (users, items) = (new Vocabulary(), new Vocabulary());
        var (user, item, time) = (new List<int>(), new List<int>(), new List<long>());
        var titles = new List<Dictionary<string, int>>();
        while (record.Next())
        {
            var customer = record[columns[5]];
            if (customer.IsEmpty || record[columns[0]][0] == (byte)'C' || record[columns[1]][0] is < (byte)'0' or > (byte)'9') continue;
            if (!Texts.TryNumber(record[columns[3]], out var quantity) || quantity <= 0) continue;
            if (!Texts.TryTime(record[columns[4]], out var moment)) throw new DataException(path, record.Line, "its time cannot be read", "restore the file");
            var product = items.GetOrAdd(Encoding.UTF8.GetString(record[columns[1]]));
            if (product == titles.Count) titles.Add([]);
            var title = Encoding.UTF8.GetString(record[columns[2]]).Trim();
            titles[product][title] = titles[product].GetValueOrDefault(title) + 1;
            user.Add(users.GetOrAdd(Encoding.UTF8.GetString(customer)));
            item.Add(product);
            time.Add(moment);
        }
        return new(
            new Interactions(users, items, [.. user], [.. item], time: [.. time]),
            [.. titles.Select(own => own.OrderByDescending(one => one.Value).ThenBy(one => one.Key, StringComparer.Ordinal).First().Key)]);
    }

    /// <summary>
    /// The earliest share of the lines to learn from, one row a pair; from the later ones the pairs of known customers that are new to them,
    /// of products that nobody may have bought before.
    /// </summary>
    public static (Interactions Train, Interactions Test) ByTime(Interactions lines, double share)
    {
        var sorted = lines.Time.ToArray();
        Array.Sort(sorted);
        var cutoff = sorted[(int)(sorted.Length * share)];
        int[] rows = [.. Enumerable.Range(0, lines.Count)];
        var train = lines.Select([.. rows.Where(row => lines.Time[row] < cutoff)]);
        var test = rows.Where(row =>
            lines.Time[row] >= cutoff && train.ByUser.Items(lines.User[row]).Length > 0 && !train.ByUser.Contains(lines.User[row], lines.Item[row]));
        return (train, lines.Select([.. test]).DistinctPairs());
    }
}
