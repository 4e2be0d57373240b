namespace Bulwark.Data.Readers;

/// <summary>What a column of interactions means.</summary>
internal enum Role : byte { User, Item, Value, Time, Kind }

/// <summary>Where the columns that matter stand in a row; −1 for those that are missing.</summary>
internal readonly record struct Columns(int User, int Item, int Value, int Time, int Kind, int Count)
{
    private static readonly Dictionary<string, Role> Aliases = new()
    {
        ["userid"] = Role.User, ["uid"] = Role.User, ["user"] = Role.User,
        ["itemid"] = Role.Item, ["movieid"] = Role.Item, ["iid"] = Role.Item, ["item"] = Role.Item, ["productid"] = Role.Item,
        ["rating"] = Role.Value, ["value"] = Role.Value, ["score"] = Role.Value,
        ["timestamp"] = Role.Time, ["time"] = Role.Time, ["date"] = Role.Time,
        ["kind"] = Role.Kind, ["event"] = Role.Kind, ["eventtype"] = Role.Kind,
    };

    /// <summary>The meaning of a header's name, whatever its case, underscores, hyphens and spaces.</summary>
    public static Role? RoleOf(string name) => Aliases.TryGetValue(Texts.Plain(name), out var role) ? role : null;

    /// <summary>The columns of a header; of several with one meaning the first counts.</summary>
    /// <exception cref="DataException">There is no column of users or of items.</exception>
    public static Columns Of(IReadOnlyList<string> names, string file, int line)
    {
        var roles = names.Select(RoleOf).ToList();
        if (roles.IndexOf(Role.User) < 0) throw Missing("user", "user_id");
        if (roles.IndexOf(Role.Item) < 0) throw Missing("item", "item_id");
        return new(
            roles.IndexOf(Role.User), roles.IndexOf(Role.Item), roles.IndexOf(Role.Value), roles.IndexOf(Role.Time), roles.IndexOf(Role.Kind), names.Count);

        DataException Missing(string what, string name) =>
            new(file, line, $"the header has no {what} column, only {Shown(names)}", $"rename the column of {what}s to {name}");
    }

    private static string Shown(IReadOnlyList<string> names)
    {
        var list = string.Join(", ", names.Take(12).Select(name => name.Length > 40 ? name[..40] + "…" : name));
        return names.Count > 12 ? list + ", …" : list;
    }
}
