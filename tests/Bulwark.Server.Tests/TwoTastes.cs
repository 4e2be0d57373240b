using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Server.Tests;

/// <summary>
/// Twelve items of two tastes, a0 … a5 and b0 … b5, and eight users, of whom u0 … u3 like the first. Rows are set by hand: (1, 0) and (0, 1), items of smaller
/// numbers a little longer, so that lists are in their order.
/// </summary>
internal static class TwoTastes
{
    public const int Users = 8, Items = 12;

    public static Served Served(bool learns = false)
    {
        var log = new InteractionsBuilder(new(Enumerable.Range(0, Users).Select(user => $"u{user}")), new(Enumerable.Range(0, Items).Select(Name)));
        for (var user = 0; user < Users; user++)
            for (var n = 0; n < 2; n++) log.Add(user, (user < Users / 2 ? 0 : 6) + (user + n) % 4);
        var (train, model, options) = (log.Build(), new MatrixFactorization(Users, Items, new(2)), new MatrixFactorizationOptions(2));
        var at = new Point(
            (model.Users, Rows(Users, user => user < Users / 2, _ => 1)), (model.Items, Rows(Items, item => item < 6, item => 1.2f - item % 6 * 0.05f)));
        return new("two tastes", new PointRecommender(model, at, new Popularity(Users, train.ItemCounts())), train)
        {
            Factorization = learns ? new(model, at, options) : null,
        };
    }

    private static string Name(int item) => $"{(item < 6 ? 'a' : 'b')}{item % 6}";

    private static Tensor Rows(int count, Predicate<int> isFirst, Func<int, float> length) =>
        Tensor.Of((count, 2), [.. Enumerable.Range(0, count).SelectMany(row => isFirst(row) ? [length(row), 0] : new[] { 0, length(row) })]).Keep();
}
