using Bulwark.Generative.Streams;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Streams;

public sealed class GenerativeReplayTests
{
    /// <summary>Even users touch items 0 and 2, which lie at (±1, 1); odd users items 1 and 3 at (±1, −1): the generator gives each their own kind, both of it.</summary>
    [Fact]
    public void GeneratedEventsFollowTheUsers()
    {
        var (model, at) = World();
        var replay = new GenerativeReplay(new(), 2, new Rng(1));
        replay.Learn(model, at, rng => rng.Next(8) is var user ? new(user, user % 2 + 2 * rng.Next(2)) : default, 1000);
        int[] users = [.. Enumerable.Range(0, 400).Select(n => n % 8)];
        var items = replay.Generate(model, at, users, new Rng(2));
        Assert.True(users.Zip(items).Average(pair => pair.First % 2 == pair.Second % 2 ? 1.0 : 0) > 0.9);
        for (var item = 0; item < 4; item++) Assert.InRange(items.Count(one => one == item), 40, 180);
        Assert.Equal(1000, replay.Steps);
    }

    private static (MatrixFactorization Model, Point At) World()
    {
        var model = new MatrixFactorization(8, 4, new(2));
        var users = Enumerable.Range(0, 8).SelectMany(user => new[] { 0f, user % 2 == 0 ? 1 : -1 });
        return (model, new((model.Users, Tensor.Of((8, 2), [.. users])), (model.Items, Tensor.Of((4, 2), 1, 1, 1, -1, -1, 1, -1, -1))));
    }
}
