using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Neural;

public sealed class NeuMfTests
{
    [Fact]
    public void LayersAreThoseOfThePublishedTowerUnlessGiven()
    {
        Assert.Equal([64, 32, 16, 8], new NeuMfOptions(8).Layers);
        Assert.Equal([6, 5], new NeuMfOptions(8, 0, 6, 5).Layers);
    }

    /// <summary>
    /// p ⊙ q = 2 · 3 = 6; the tower takes (1, −2 ; 4, 1) through weights of ones and bias −1: relu(4 − 1) = 3; the head: 6 · .5 + 3 · 2 + .25.
    /// </summary>
    [Fact]
    public void AScoreWorkedByHand()
    {
        var model = new NeuMf(1, 1, new NeuMfOptions(1, 0, 4, 1));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "users" => Tensor.Of((1, 1), 2),
            "items" => Tensor.Of((1, 1), 3),
            "users.mlp" => Tensor.Of((1, 2), 1, -2),
            "items.mlp" => Tensor.Of((1, 2), 4, 1),
            "mlp.0.weight" => Tensor.Full((4, 1), 1),
            "mlp.0.bias" => Tensor.Of(1, -1f),
            "head" => Tensor.Of((2, 1), 0.5f, 2),
            "head.bias" => Tensor.Of(1, 0.25f),
            _ => throw new InvalidOperationException(variable.Name),
        });
        Assert.Equal(9.25f, model.Score(at, new Ids(0), new Ids(0)).Item());
        Assert.Equal(9.25f, model.ScoreAll(at, new Ids(0)).Item());
        Assert.Null(model.ScoreHistory(at, new Ids(0)));
    }

    [Fact]
    public void DropoutActsOnlyWithASourceOfRandomness()
    {
        var (model, plain) = (new NeuMf(5, 5, new NeuMfOptions(4, 0.5f)), new NeuMf(5, 5, new NeuMfOptions(4)));
        var (users, items) = (new Ids(0, 1, 2, 3), new Ids(4, 3, 2, 1));
        var (at, same) = (model.Start(new Rng(1)).Map(Larger), plain.Start(new Rng(1)).Map(Larger));
        var quiet = model.Score(at, users, items).Values.ToArray();
        Assert.Equal(plain.Score(same, users, items, new Rng(2)).Values.ToArray(), quiet);
        Assert.NotEqual(quiet, model.Score(at, users, items, new Rng(2)).Values.ToArray());
        Assert.Equal(model.Score(at, users, items, new Rng(2)).Values.ToArray(), model.Score(at, users, items, new Rng(2)).Values.ToArray());

        static Tensor Larger(Variable variable, Tensor value) => variable.Name.EndsWith(".mlp", StringComparison.Ordinal) ? value * 100 : value;
    }
}
