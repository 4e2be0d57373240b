using Bulwark.Attacks;
using Bulwark.Defenses;
using Bulwark.Models.Content;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Tests.Data;
using Bulwark.Tests.Training;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Content;

public sealed class VbprTests
{
    /// <summary>One user, items with 3 interactions and 0, features (1, 2) and (0, −1).</summary>
    private static Vbpr Tiny(float shrink = 0) => new(1, Tensor.Of((2, 2), 1, 2, 0, -1), [3, 0], new(1, 1, Shrink: shrink));

    private static Point At(Vbpr model) => model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
    {
        "users" => Tensor.Of((1, 1), 2),
        "items" => Tensor.Of((2, 1), 5, 7),
        "tastes" => Tensor.Of((1, 1), 3),
        "feature-embedding" => Tensor.Of((2, 1), 1, 0.5f),
        "feature-bias" => Tensor.Of((2, 1), 0.1f, 0.2f),
        "user-bias" => Tensor.Of(1, 0.25f),
        "item-bias" => Tensor.Of(2, 1, 9),
        _ => value,
    });

    /// <summary>
    /// Item 0: 2 · 5 + 1 + 3 (1 + 1) + (.1 + .4) + .25 = 17.75, with s = 1 the first two count ¾: 15; item 1 has its features only: 3 (−.5) − .2 + .25.
    /// </summary>
    [Theory]
    [InlineData(0, 17.75f)]
    [InlineData(1, 15f)]
    public void ScoresWorkedByHand(float shrink, float first)
    {
        var model = Tiny(shrink);
        var at = At(model);
        AssertClose([first, -1.45f], model.Score(at, new Ids(0, 0), new Ids(0, 1)));
        AssertClose([first, -1.45f], model.ScoreAll(at, new Ids(0)).Reshape(2));
    }

    /// <summary>Central differences at every learned number, and at the features.</summary>
    [Fact]
    public void GradientsAreThoseOfFiniteDifferences()
    {
        var rng = new Rng(2);
        var model = new Vbpr(3, Tensor.Gaussian((5, 3), 1, rng.Fork("features")), [2, 1, 0, 4, 1], new(2, 2, Shrink: 1));
        var at = model.Start(rng).Map((variable, value) => variable.Name == "trust" ? value : Tensor.Gaussian(value.Shape, 0.7f, rng.Fork(variable.Name)));
        var batch = new Triples();
        batch.Users.Fill([0, 1, 2, 1]);
        batch.Positives.Fill([0, 2, 3, 0]);
        batch.Negatives.Fill([1, 4, 2, 3]);
        Tensor Loss(Point point) => Objectives.Bpr(model)(batch, null)(point);
        foreach (var variable in at.Variables.ToArray().Where(variable => variable.Name != "trust"))
        {
            var gradient = Grad.Of(Loss, at, variable).Move;
            var values = at[variable].Values.ToArray();
            var analytic = gradient.TryGet(variable, out var g) ? g.Values.ToArray() : new float[values.Length];
            for (var i = 0; i < values.Length; i++)
            {
                float Moved(float by)
                {
                    var moved = (float[])values.Clone();
                    moved[i] += by;
                    return Loss(at.With(variable, Tensor.Of(at[variable].Shape, moved))).Item();
                }
                Assert.Equal((Moved(0.01f) - Moved(-0.01f)) / 0.02f, analytic[i], 2e-3f);
            }
        }
    }

    /// <summary>Items 18 and 19 occur nowhere, but say of themselves that they are of the second block: its users get them before the first block's items.</summary>
    [Fact]
    public void ItemsThatNobodyTouchedAreRankedByTheirFeatures()
    {
        var train = Blocks.Of(Blocks.Users, Blocks.Items, Enumerable.Range(0, Blocks.Train.Count)
            .Select(row => (Blocks.Train.User[row], Blocks.Train.Item[row])).Where(pair => pair.Item2 < 18));
        var features = Tensor.Of((Blocks.Items, 2), [.. Enumerable.Range(0, Blocks.Items).SelectMany(item => new float[] { item < 10 ? 1 : 0, item < 10 ? 0 : 1 })]);
        var model = new Vbpr(Blocks.Users, features, train.ItemCounts(), new(4, 4));
        var trainer = new Trainer<Triples>(
            new TripleSource(train, 64, new Rng(1), NegativeSampling.Popularity), [new("bpr", 60, Objectives.Bpr(model))], new() { Rule = new Adam(0.02f), Ahead = false });
        var at = trainer.Run(model.Start(new Rng(2)), new Rng(3)).At;
        Assert.Equal(features.Values.ToArray(), at[model.Features].Values.ToArray());            // given: training leaves them alone
        var scores = model.ScoreAll(at, new Ids(29, 0)).Values.ToArray().Chunk(Blocks.Items).ToArray();
        Assert.True(scores[0][18] > scores[0][..10].Max() && scores[1][18] < scores[1][..10].Min());
        Assert.Equal(scores[0][18], scores[0][19]);
        var folded = model.ScoreHistory(at, new Ids(18))!.Values;                                // a history of new items alone
        Assert.True(folded[19] > folded[0]);
    }

    /// <summary>A step on the features alone raises the loss, as AMR needs (Tang et al. 2020); the loss at the moved point trains the weights.</summary>
    [Fact]
    public void FeaturesCanBeAttackedAndTrainedAgainst()
    {
        var features = Tensor.Gaussian((Blocks.Items, 3), 1, new Rng(1));
        var model = new Vbpr(Blocks.Users, features, Blocks.Train.ItemCounts(), new(4, 4));
        var world = new TrainingWorld(model);
        var threat = new Threat(new L2Ball(0.5f), model.Features);
        var plain = world.Run(5, TrainingWorld.Options).At;
        var batch = TrainingWorld.Source.Create();
        TrainingWorld.Source.Fill(batch, 0);
        var loss = world.Bpr(batch, null);
        var move = GradientAscent.Fgm.Find(loss, plain, threat, new Rng(1));
        Assert.Equal([model.Features], move.Variables.ToArray());
        Assert.True(loss(plain + move).Item() > loss(plain).Item());
        var hardened = new AdversarialTraining(GradientAscent.Fgm, threat).Harden(world.Bpr);
        var trained = world.Trainer(TrainingWorld.Options, new Stage<Triples>("amr", 5, hardened)).Run(world.Start, TrainingWorld.Rng).At;
        Assert.Equal(features.Values.ToArray(), trained[model.Features].Values.ToArray());
        Assert.NotEqual(plain[model.Embedding].Values.ToArray(), trained[model.Embedding].Values.ToArray());
    }

    /// <summary>A finished training that is resumed from its file returns the same point, the features among it, also the best one.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void ATrainingIsResumedWithItsFeatures(int patience)
    {
        using var folder = new TempFolder();
        var options = TrainingWorld.Options with { Checkpoint = Path.Combine(folder.Path, "run"), Resume = true, ValidateEvery = 1, Patience = patience };
        TrainingResult Run()
        {
            var model = new Vbpr(Blocks.Users, Tensor.Gaussian((Blocks.Items, 3), 1, new Rng(1)), Blocks.Train.ItemCounts(), new(4, 4));
            return new TrainingWorld(model).Run(4, options, at => -at[model.Users].Values[0]);
        }
        TrainingWorld.AssertSame(Run().At, Run().At);
    }

    [Fact]
    public void FeaturesOfOtherItemsAreRefused() =>
        Assert.Contains("3 items", Assert.Throws<ArgumentException>(() => new Vbpr(1, Tensor.Zeros((2, 2)), [1, 1, 1], new())).Message);

    private static void AssertClose(float[] expected, Tensor actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual.Values[i], 1e-5f);
    }
}
