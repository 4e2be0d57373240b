using Bulwark.Generative.Behavior;
using Bulwark.Models.Recurrent;
using Bulwark.Models.Transformers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class HistoryGeneratorTests
{
    private const int Items = 5, Length = 4;
    private static readonly Gru4Rec _model = new(Items, new(6, Length));
    private static readonly HistoryGenerator _generator = new(_model, Length, repeats: false);
    private static readonly Point _at = _generator.Start(new Rng(1));
    private static readonly Tensor _given = HistoryConditions.Of(Length, [4, 2, 3], [[2], [1, 0], [4, 3]]).Keep();

    /// <summary>One item in each place up to the length, none behind it; what is known stands first; nothing comes twice.</summary>
    [Fact]
    public void HistoriesBeginWithWhatIsKnownAndEndWhereTheyShould()
    {
        var x = _generator.Generate(_at, 3, _given, new Rng(2));
        Assert.Equal([3, Length, Items], [x.Shape[0], x.Shape[1], x.Shape[2]]);
        Assert.All(x.Values.ToArray(), value => Assert.True(Math.Min(Math.Abs(value), Math.Abs(value - 1)) < 1e-6f));
        Assert.Equal([1, 1, 1, 1, 1, 1, 0, 0, 1, 1, 1, 0], x.Sum(2).Values.ToArray().Select(value => (int)MathF.Round(value)));
        foreach (var (row, t, item) in new[] { (0, 0, 2), (1, 0, 1), (1, 1, 0), (2, 0, 4), (2, 1, 3) })
            Assert.Equal(1, x.Values[(row * Length + t) * Items + item]);
        Assert.All(x.Sum(1).Values.ToArray(), count => Assert.True(count < 1.5f));
    }

    /// <summary>With a bias that only wants item 0, a generator that may repeat says nothing else.</summary>
    [Fact]
    public void ItemsComeTwiceWhereTheyMay()
    {
        var at = _at.Map((variable, value) => variable.Name == "items.bias" ? Tensor.Of(Items, 100, 0, 0, 0, 0) : value);
        var x = new HistoryGenerator(_model, Length, repeats: true).Generate(at, 3, _given, new Rng(2));
        Assert.Equal(3, x.Sum(1).Values[0], 1e-4f);
        Assert.Equal(1, _generator.Generate(at, 3, _given, new Rng(2)).Sum(1).Values[0], 1e-4f);
    }

    /// <summary>Items are discrete, and yet what a critic says of a history reaches every variable, and through the second item what is chosen third.</summary>
    [Fact]
    public void AGradientReachesEveryVariable()
    {
        var critic = new HistoryCritic(new SasRec(Items, new(6, 1, Length: Length)), 6);
        var at = _at.With(critic.Start(new Rng(3)));
        var gradient = Grad.Of(here => critic.Score(here, _generator.Generate(here, 3, _given, new Rng(2)), _given).Sum(), at).Move;
        Assert.All(_at.Variables.ToArray(), variable => Assert.Contains(gradient[variable].Values.ToArray(), value => value != 0));
        Assert.True(gradient.Norm > 1e-6);
    }

    [Fact]
    public void AHistoryWithoutABeginningIsRefused()
    {
        Assert.Contains("first item", Assert.Throws<ArgumentNullException>(() => _generator.Generate(_at, 3, null, new Rng(2))).Message);
        Assert.Throws<ArgumentException>(() => HistoryConditions.Of(Length, [2], [[]]));
        Assert.Throws<ArgumentException>(() => HistoryConditions.Of(Length, [1], [[0, 1]]));
        Assert.Throws<ArgumentException>(() => HistoryConditions.Of(Length, [5], [[0]]));
    }
}
