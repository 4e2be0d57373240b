namespace Bulwark.Data;

/// <summary>The densest part of data: users and items with at least k partners each.</summary>
public static class KCore
{
    /// <summary>
    /// Removes users with fewer than <paramref name="k"/> distinct items and items with fewer than k distinct users until there is none left to
    /// remove: the k-core of the bipartite graph (Seidman 1983). The vocabularies are rebuilt.
    /// </summary>
    /// <exception cref="DataException">Nothing is left.</exception>
    public static Interactions Filter(Interactions interactions, int k)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        var users = interactions.User;
        var items = interactions.Item;
        var pairs = Duplicates.LastOfEach(users, items, default, default, interactions.UserCount, interactions.ItemCount).AsSpan();
        int[] userDegree = new int[interactions.UserCount], itemDegree = new int[interactions.ItemCount];
        foreach (var pair in pairs)
        {
            userDegree[users[pair]]++;
            itemDegree[items[pair]]++;
        }

        for (var before = -1; before != pairs.Length;)
        {
            before = pairs.Length;
            var kept = 0;
            foreach (var pair in pairs)
            {
                ref var byUser = ref userDegree[users[pair]];
                ref var byItem = ref itemDegree[items[pair]];
                if (byUser >= k && byItem >= k) pairs[kept++] = pair;
                else (byUser, byItem) = (byUser - 1, byItem - 1);
            }
            pairs = pairs[..kept];
        }
        if (pairs.IsEmpty)
            throw new DataException("the interactions", null, $"no user and item are left in the {k}-core", "choose a smaller k or give more data");

        var rows = new List<int>(pairs.Length);
        for (var row = 0; row < users.Length; row++)
            if (userDegree[users[row]] >= k && itemDegree[items[row]] >= k) rows.Add(row);
        return interactions.Select([.. rows]).Compact();
    }
}
