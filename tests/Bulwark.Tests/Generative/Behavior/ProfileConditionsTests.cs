using Bulwark.Generative.Behavior;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class ProfileConditionsTests
{
    [Fact]
    public void AConditionIsALengthAndABag() =>
        Assert.Equal([MathF.Log(2), 0, 1, 0, 0, 0, 0, 0], ProfileConditions.Of(3, [2, 1], [[1], []]).Values.ToArray());

    [Theory]
    [InlineData(1, "cannot hold 2 known ones")]
    [InlineData(4, "of 3")]
    public void LengthsThatCannotBeAreRefused(int length, string words) =>
        Assert.Contains(words, Assert.Throws<ArgumentException>(() => ProfileConditions.Of(3, [length], [[0, 1]])).Message);

    /// <summary>The real profiles, their lengths, and some of their own items, of every number up to the most.</summary>
    [Fact]
    public void ExamplesKnowAFewOfTheirItems()
    {
        var source = new BagSource(BehaviorWorld.TwoTastes(40, new Rng(1)), 40, new Rng(2));
        var batch = source.Create();
        source.Fill(batch, 7);
        var examples = ProfileConditions.Of(BehaviorWorld.Items, 3, new Rng(3));
        var (real, given, step) = examples(batch);
        Assert.Equal(7, step);
        var numbers = new HashSet<float>();
        for (var row = 0; row < 40; row++)
        {
            var x = real.Values.Slice(row * BehaviorWorld.Items, BehaviorWorld.Items);
            var c = given!.Values.Slice(row * (1 + BehaviorWorld.Items), 1 + BehaviorWorld.Items);
            Assert.Equal(MathF.Log(BehaviorWorld.Length), c[0], 1e-6f);
            var known = 0f;
            for (var item = 0; item < x.Length; item++)
            {
                Assert.True(c[1 + item] <= x[item]);
                known += c[1 + item];
            }
            numbers.Add(known);
        }
        Assert.Equal([0, 1, 2, 3], numbers.Order());
        Assert.Equal(given!.Values.ToArray(), examples(batch).Given!.Values.ToArray());
    }
}
