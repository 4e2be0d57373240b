namespace Bulwark.Models;

/// <summary>The history of someone unknown to training, as training would have kept it.</summary>
internal static class Touched
{
    /// <summary>The distinct items, ascending.</summary>
    /// <exception cref="ArgumentOutOfRangeException">One is not an item.</exception>
    public static int[] Items(ReadOnlySpan<int> history, int itemCount)
    {
        foreach (var item in history)
            if ((uint)item >= (uint)itemCount) throw new ArgumentOutOfRangeException(nameof(history), item, $"The model knows {itemCount} items.");
        return [.. history.ToArray().Distinct().Order()];
    }

    /// <exception cref="ArgumentOutOfRangeException">The user is unknown to training.</exception>
    public static void CheckUser(int user, int userCount)
    {
        if ((uint)user >= (uint)userCount) throw new ArgumentOutOfRangeException(nameof(user), user, $"The model knows {userCount} users.");
    }
}
