using Bulwark.Attacks;
using Bulwark.Models.Content;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

/// <summary>Items described by a category of three, a price and an id: what an attacker of their features may do, on a model whose answer is known.</summary>
public sealed class FeatureThreatTests
{
    /// <summary>Rows of category a, b, c, price, id.</summary>
    private static readonly Tensor Features = Tensor.Of((3, 5), 1, 0, 0, 0.4f, 7, 0, 1, 0, 0.9f, 8, 0, 0, 1, 0.2f, 9).Keep();

    private static readonly Vbpr Model = new(1, Features, [1, 1, 1], new(1, 1));

    /// <summary>ŷ = β' · f with β' = (1, 3, 2, −2, 5): category b is the best, a low price is good.</summary>
    private static readonly Point At = Model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
    {
        "features" => value,
        "feature-bias" => Tensor.Of((5, 1), 1, 3, 2, -2, 5),
        _ => Tensor.Zeros(value.Shape),
    });

    /// <summary>Only item 0 may change; its category to another one, its price down to a cent, its id not at all.</summary>
    private static readonly Threat Schema = new(new LinfBall(1), Model.Features)
    {
        OneHot = [(0, 3)],
        Box = new(Tensor.Of((1, 5), 0, 0, 0, 0.01f, 0), Tensor.Of((1, 5), 1, 1, 1, 1, 9)),
        Immutable = Tensor.Of((3, 5), 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1),
    };

    [Fact]
    public void TheBestCategoryAndTheLowestPriceAreFound()
    {
        Tensor Score(Point at) => Model.Score(at, new Ids(0), new Ids(0)).Sum();
        foreach (var attack in new IAttack[] { GradientAscent.Fgsm, GradientAscent.Pgd(20), new Apgd(20) })
        {
            var move = Schema.Project(At, attack.Find(Score, At, Schema, new Rng(1)));
            Schema.Check(At, move);
            var expected = new float[] { 0, 1, 0, 0.01f, 7 };                                    // 3 − .02 + 35 in place of 1 − .8 + 35
            var attacked = (At + move)[Model.Features].Values;
            for (var i = 0; i < 15; i++) Assert.Equal(i < 5 ? expected[i] : Features.Values[i], attacked[i], 1e-5f);
            Assert.Equal(37.98f, Score(At + move).Item(), 1e-4f);
        }
    }

    /// <summary>A ball too small for another category leaves the category; a budget of one element pays for the price alone.</summary>
    [Theory]
    [InlineData(0.3f, int.MaxValue, 0.1f)]
    [InlineData(1, 1, 0.01f)]
    public void WhatCannotBeAffordedStays(float epsilon, int budget, float price)
    {
        var threat = Schema with { Targets = [(Model.Features, new LinfBall(epsilon))], Budget = budget };
        var move = threat.Project(At, GradientAscent.Fgsm.Find(at => Model.Score(at, new Ids(0), new Ids(0)).Sum(), At, threat, new Rng(1)));
        threat.Check(At, move);
        var attacked = (At + move)[Model.Features].Values;
        Assert.Equal([1, 0, 0], attacked[..3].ToArray());
        Assert.Equal(price, attacked[3], 1e-5f);
    }
}
