using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models;

/// <summary>What tests of neighbors and closed forms share.</summary>
internal static class World
{
    /// <summary>Distinct random pairs; items with low numbers are popular, and every user has one.</summary>
    public static Interactions Random(int users, int items, int pairs)
    {
        var (rng, drawn) = (new Rng(11), new HashSet<(int, int)>());
        for (var user = 0; user < users; user++) drawn.Add((user, rng.Next(items)));
        while (drawn.Count < pairs) drawn.Add((rng.Next(users), (int)(items * Math.Pow(rng.NextDouble(), 2))));
        return Blocks.Of(users, items, drawn);
    }

    /// <summary>The matrix of who touched what, dense.</summary>
    public static double[,] Matrix(Interactions train)
    {
        var matrix = new double[train.UserCount, train.ItemCount];
        for (var row = 0; row < train.Count; row++) matrix[train.User[row], train.Item[row]] = 1;
        return matrix;
    }

    /// <summary>Asserts the same bits from one, two and three threads.</summary>
    public static void WithAnyThreads(Func<float[]> result)
    {
        var threads = Team.Threads;
        try
        {
            Team.Threads = 1;
            var expected = result();
            foreach (var count in new[] { 2, 3 })
            {
                Team.Threads = count;
                Assert.Equal(expected, result());
            }
        }
        finally
        {
            Team.Threads = threads;
        }
    }
}
