using Bulwark.Evaluation.Tuning;
using static Bulwark.Tests.Evaluation.Tuning.TuningWorld;

namespace Bulwark.Tests.Evaluation.Tuning;

public class ParzenSearchTests
{
    private const int Trials = 40, Seeds = 20;

    [Fact]
    public void ItBeatsRandomSearchOnBranin() => Beats(Square, Branin);

    [Fact]
    public void ItBeatsRandomSearchOverEveryKindOfDimension() => Beats(Mixed, Bowl);

    /// <summary>With as many trials: the better best more often than not, and less than ¾ of the distance to the optimum on average.</summary>
    private static void Beats(SearchSpace space, Func<IReadOnlyList<double>, double> of)
    {
        var optimum = space == Square ? -0.397887 : 0;
        double Gap(Search search, int seed) => optimum - Tuner.Best(Run(space, search, (ulong)seed, of))!.Figure;
        var gaps = Enumerable.Range(1, Seeds).Select(seed => (Parzen: Gap(ParzenSearch.Of(Trials), seed), Random: Gap(RandomSearch.Of(Trials), seed))).ToArray();
        Assert.All(gaps, gap => Assert.True(gap.Parzen >= 0));
        Assert.True(gaps.Count(gap => gap.Parzen < gap.Random) > Seeds / 2);
        Assert.InRange(gaps.Average(gap => gap.Parzen) / gaps.Average(gap => gap.Random), 0, 0.75);
    }

    [Fact]
    public void TheFirstTrialsAreDrawnEvenly() =>
        Assert.Equal(Texts(Run(Mixed, RandomSearch.Of(10), 1, Bowl)), Texts(Run(Mixed, ParzenSearch.Of(40), 1, Bowl)).Take(10));

    [Fact]
    public void ASmallSpaceIsTriedWhole() =>
        Assert.Equal(30, Run(new(Dimension.Whole("w", 1, 10), Dimension.Choice("c", "a", "b", "c")), ParzenSearch.Of(99), 1, values => values[0]).Count);
}
