using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

/// <summary>Two factorizations of three users, each of whom has touched all items but one: the pairs are known.</summary>
public sealed class BlendedPairsTests
{
    private const int Users = 3, Items = 4;
    private static readonly int[] Untouched = [0, 2, 3];
    private readonly MatrixFactorization _first = new(Users, Items, new(2, Deviation: 1)), _second = new(Users, Items, new(3, Deviation: 2));
    private readonly Point _at;
    private readonly Interactions _train;

    public BlendedPairsTests()
    {
        _at = _first.Start(new Rng(1)).With(_second.Start(new Rng(2)));
        var log = new InteractionsBuilder(new(["a", "b", "c"]), new(["0", "1", "2", "3"]));
        for (var user = 0; user < Users; user++)
            for (var item = 0; item < Items; item++)
                if (item != Untouched[user]) log.Add(user, item);
        _train = log.Build();
    }

    public static TheoryData<string> Scales => ["range", "standard"];

    /// <summary>−Σ ln σ(s(u, i) − s(u, j)) with s of the blend that recommends.</summary>
    [Theory, MemberData(nameof(Scales))]
    public void AtTheCleanPointItIsTheLossOfTheBlend(string scale)
    {
        var popularity = new Popularity(Users, _train.ItemCounts());
        var blend = new Blend([new(new PointRecommender(_first, _at, popularity), 2), new(new PointRecommender(_second, _at, popularity), 0.5f)], Scale(scale));
        var (scores, expected) = (new float[Users * Items], 0.0);
        blend.Score([0, 1, 2], scores);
        for (var user = 0; user < Users; user++)
            for (var item = 0; item < Items; item++)
                if (item != Untouched[user]) expected += Math.Log(1 + Math.Exp(scores[user * Items + Untouched[user]] - scores[user * Items + item]));
        Assert.Equal(expected, Of(scale, 2, 0.5f)(_at).Item(), 1e-4);
    }

    [Theory, MemberData(nameof(Scales))]
    public void AMemberOnALargerScaleCountsTheSame(string scale)
    {
        var louder = _at.With(_second.Items, _at[_second.Items] * 10);
        Assert.Equal(Of(scale, 1, 1)(_at).Item(), Of(scale, 1, 1, louder)(louder).Item(), 1e-4);
    }

    [Theory, MemberData(nameof(Scales))]
    public void OnlyAMemberWithWeightHasASlope(string scale)
    {
        var gradient = Grad.Of(Of(scale, 1, 0), _at).Move;
        Assert.True(Norm(gradient, _first.Items) > 0.01);
        Assert.Equal(0, Norm(gradient, _second.Items));
    }

    private Loss Of(string scale, float first, float second, Point? clean = null) =>
        BlendedPairs.Of([new(_first, clean ?? _at, first), new(_second, clean ?? _at, second)], Scale(scale), _train, new Rng(3));

    private static ScoreScale Scale(string name) => name == "range" ? ScoreScales.Range : ScoreScales.Standard;

    private static double Norm(Move move, Variable variable) => Math.Sqrt(move[variable].Values.ToArray().Sum(value => value * value));
}
