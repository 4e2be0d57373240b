using Bulwark.Data;

namespace Bulwark.Tests;

/// <summary>
/// A world whose right answer is known: two blocks of users, and each user has touched the items of their own block but one. That one, held out, must
/// rank above all items of the other block.
/// </summary>
internal static class Blocks
{
    public const int UsersEach = 15, ItemsEach = 10, Users = 2 * UsersEach, Items = 2 * ItemsEach;

    /// <summary>All that was touched: 9 items of each user.</summary>
    public static Interactions Train { get; } = Build((user, item) => BlockOf(user) == item / ItemsEach && item != HeldOut(user));

    /// <summary>The held-out item of each user.</summary>
    public static Interactions Test { get; } = Build((user, item) => item == HeldOut(user));

    /// <summary>Every pair with a rating: 5 in the own block, 1 in the other.</summary>
    public static Interactions Ratings { get; } = Build((_, _) => true, (user, item) => BlockOf(user) == item / ItemsEach ? 5 : 1);

    public static int BlockOf(int user) => user / UsersEach;

    public static int HeldOut(int user) => BlockOf(user) * ItemsEach + user % ItemsEach;

    /// <summary>The lowest score among the items of a block, and the highest outside it.</summary>
    public static (float Lowest, float Highest) Separate(ReadOnlySpan<float> scores, int block)
    {
        var (lowest, highest) = (float.PositiveInfinity, float.NegativeInfinity);
        for (var item = 0; item < Items; item++)
        {
            if (item / ItemsEach == block) lowest = Math.Min(lowest, scores[item]);
            else highest = Math.Max(highest, scores[item]);
        }
        return (lowest, highest);
    }

    /// <summary>Rows for user and item numbers, with ids u0, u1 … and i0, i1 ….</summary>
    public static Interactions Of(int users, int items, IEnumerable<(int User, int Item)> pairs, Func<int, int, float>? value = null)
    {
        var rows = pairs.ToArray();
        return new Interactions(
            new Vocabulary(Enumerable.Range(0, users).Select(user => $"u{user}")), new Vocabulary(Enumerable.Range(0, items).Select(item => $"i{item}")),
            [.. rows.Select(row => row.User)], [.. rows.Select(row => row.Item)],
            value is null ? null : [.. rows.Select(row => value(row.User, row.Item))]);
    }

    private static Interactions Build(Func<int, int, bool> has, Func<int, int, float>? value = null) => Of(
        Users, Items, from user in Enumerable.Range(0, Users) from item in Enumerable.Range(0, Items) where has(user, item) select (user, item), value);
}
