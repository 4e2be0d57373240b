using Bulwark.Attacks;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Evaluation;

public sealed class StudyTests
{
    private static readonly RankingTask Task = new(Blocks.Train, Blocks.Test);
    private static readonly Metric[] Metrics = [RankingMetrics.Ndcg(5), RankingMetrics.ReciprocalRank()];
    private static readonly (string Attack, float Epsilon)[] Cells = [("none", 0), ("noise", 0.2f), ("noise", 2), ("fgsm", 0.2f), ("fgsm", 2)];

    private static readonly StudyAttack[] Attacks =
        [new("noise", new Noise(), [0.2f, 2], StudyAttack.Tables, true), new("fgsm", GradientAscent.Fgsm, [0.2f, 2], StudyAttack.Tables, true)];

    private static readonly Lazy<Contender[][]> Seeds = new(() => [.. Enumerable.Range(1, 3).Select(seed => Harden((ulong)seed))]);

    /// <summary>Three models, each clean and under two attacks at two radii, by two metrics: the controls are among them.</summary>
    [Fact]
    public void ThereIsARowForEveryModelAttackRadiusAndMetric()
    {
        var rows = Made(1).Rows;
        var expected =
            from metric in new[] { "ndcg@5", "mrr" } from model in new[] { "bpr", "bpr-long", "apr" } from cell in Cells select (model, cell.Attack, metric);
        Assert.Equal(expected, rows.Select(row => (row.Model, row.Attack, row.Metric)));
        Assert.Equal([0, 0.2, 2, 0.2, 2], rows.Take(5).Select(row => row.Epsilon));          // as it was asked for, not as a float widens
        Assert.All(rows, row => Assert.True(row is { Value: >= 0 and <= 1, Std: null, Seeds: 1 }));
    }

    [Fact]
    public void TheRowOfOneSeedIsWhatJudgingTheMovedPointGives()
    {
        var (study, apr) = (Made(1), Seeds.Value[0][2]);
        var clean = Task.Judge(new Bulwark.Models.PointRecommender(apr.Model, apr.At, Task.Popularity), Metrics);
        var moved = Task.Judge(new Bulwark.Models.PointRecommender(apr.Model, Study.Moved(apr, Attacks[1], 2, 1), Task.Popularity), Metrics);
        Assert.Equal([clean["mrr"]], study.Values("apr", "none", 0, "mrr"));
        Assert.Equal([moved["mrr"]], study.Values("apr", "fgsm", 2, "mrr"));
        Assert.Equal(moved["mrr"], study.Rows.Single(row => row is { Model: "apr", Attack: "fgsm", Epsilon: 2, Metric: "mrr" }).Value);
        Assert.True(moved["mrr"] < clean["mrr"]);
    }

    /// <summary>A relative radius is a share of the mean row norm: rows move by .2 of it, all of them, and not further.</summary>
    [Fact]
    public void TablesMoveByTheirRelativeRadius()
    {
        var bpr = Seeds.Value[0][0];
        var moved = Study.Moved(bpr, Attacks[1], 0.2f, 1);
        foreach (var table in bpr.Model.Tables)
        {
            var steps = (moved[table] - bpr.At[table]).Values.ToArray().Chunk(4).Select(row => Math.Sqrt(row.Sum(x => (double)x * x)));
            Assert.All(steps, step => Assert.Equal(0.2 * bpr.At[table].MeanRowNorm(), step, 1e-5));
        }
    }

    /// <summary>Mean and sample deviation over seeds, of the values that each seed gave alone.</summary>
    [Fact]
    public void SeveralSeedsGiveMeanAndDeviation()
    {
        var study = Made(1, 2, 3);
        var alone = Enumerable.Range(1, 3).Select(seed => Made(seed).Values("bpr", "fgsm", 2, "ndcg@5").Single()).ToArray();
        Assert.Equal(alone, study.Values("bpr", "fgsm", 2, "ndcg@5"));
        var row = study.Rows.Single(row => row is { Model: "bpr", Attack: "fgsm", Epsilon: 2, Metric: "ndcg@5" });
        Assert.Equal(3, row.Seeds);
        Assert.Equal(alone.Average(), row.Value, 1e-12);
        Assert.Equal(Math.Sqrt(alone.Sum(x => Math.Pow(x - alone.Average(), 2)) / 2), row.Std!.Value, 1e-12);
        Assert.Equal(Made(1).Rows.Count, study.Rows.Count);
    }

    /// <summary>With one seed the figures are compared user by user.</summary>
    [Fact]
    public void OneSeedIsComparedByUsers()
    {
        var study = Made(1);
        var comparisons = study.Compare("apr", "bpr", "ndcg@5");
        Assert.Equal(Cells.Select(cell => cell.Attack), comparisons.Select(c => c.Attack));
        Assert.Equal([0, 0.2, 2, 0.2, 2], comparisons.Select(c => c.Epsilon));
        foreach (var (comparison, cell) in comparisons.Zip(Cells))
        {
            Assert.Equal(("apr", "bpr", "ndcg@5"), (comparison.A, comparison.B, comparison.Metric));
            Assert.InRange(comparison.P, 0, 1);
            var difference = study.Values("apr", cell.Attack, cell.Epsilon, "ndcg@5")[0] - study.Values("bpr", cell.Attack, cell.Epsilon, "ndcg@5")[0];
            Assert.Equal(difference, comparison.MeanDifference, 1e-9);
        }
    }

    /// <summary>With several, the lost share of the clean figure is compared seed by seed, and the clean figure itself.</summary>
    [Fact]
    public void SeveralSeedsAreComparedByWhatTheyLost()
    {
        var study = Made(1, 2, 3);
        var comparisons = study.Compare("apr", "bpr-long", "ndcg@5");
        Assert.Equal(["ndcg@5", .. Enumerable.Repeat("lost share of ndcg@5", 4)], comparisons.Select(c => c.Metric));
        var (a, b) = (Lost("apr"), Lost("bpr-long"));
        var expected = Significance.StudentT(a, b);
        Assert.Equal(expected.Difference, comparisons[4].MeanDifference, 1e-12);
        Assert.Equal(expected.P, comparisons[4].P, 1e-12);

        double[] Lost(string model) => [.. study.Values(model, "none", 0, "ndcg@5").Zip(study.Values(model, "fgsm", 2, "ndcg@5"), (c, x) => 1 - x / c)];
    }

    /// <summary>Errors of predicted ratings rise under attack, most under the search; two models are compared by how much they rise.</summary>
    [Fact]
    public void RatingsAreStudiedByTheirErrors()
    {
        var ratings = Blocks.Ratings;
        var study = new Study(new RatingTask(ratings, ratings), Attacks);
        var model = new MatrixFactorization(Blocks.Users, Blocks.Items, new(4, Biases: true, Mean: 3));
        var (squares, all) = (Objectives.SquaredError(model), new RatingSource(ratings, ratings.Count, new Rng(3)));
        var options = new HardeningOptions { Epochs = 10, HardenEpochs = 5, Epsilon = 0.3f, Training = new() { Rule = new Adagrad(0.1f), Ahead = false } };
        foreach (var seed in new ulong[] { 1, 2 })
            foreach (var trained in Hardening.Run(
                model, new RatingSource(ratings, 50, new Rng(seed)), squares, Hardening.AttackedLoss(all, squares), options, seed))
                study.Add(trained.Contender, seed);
        Assert.Equal(["rmse", "mae"], study.Rows.Select(row => row.Metric).Distinct());
        double Rmse(string attack) => study.Values("bpr", attack, attack == "none" ? 0 : 2, "rmse").Average();
        Assert.True(Rmse("none") < Rmse("noise") && Rmse("noise") < Rmse("fgsm"), $"{Rmse("none")} {Rmse("noise")} {Rmse("fgsm")}");
        var comparison = study.Compare("apr", "bpr", "rmse")[^1];
        double[] Rise(string of) => [.. study.Values(of, "none", 0, "rmse").Zip(study.Values(of, "fgsm", 2, "rmse"), (c, x) => x / c - 1)];
        Assert.Equal("rise of rmse", comparison.Metric);
        Assert.Equal(Rise("apr").Average() - Rise("bpr").Average(), comparison.MeanDifference, 1e-9);
    }

    /// <summary>One user gives one value, and one value has no pair.</summary>
    [Fact]
    public void ASingleUserIsNotTested()
    {
        var train = Blocks.Of(1, 4, [(0, 0), (0, 1)]);
        var study = new Study(new RankingTask(train, Blocks.Of(1, 4, [(0, 2)])), Attacks, [RankingMetrics.Ndcg(2)]);
        var model = new MatrixFactorization(1, 4, new(2));
        foreach (var name in new[] { "a", "b" })
            study.Add(new(name, model, model.Start(new Rng(1)), Hardening.AttackedLoss(train, Objectives.Bpr(model), new Rng(1))), 1);
        Assert.Equal(10, study.Rows.Count);
        Assert.Empty(study.Compare("a", "b", "ndcg@2"));
    }

    [Fact]
    public void AModelComparedWithItselfDoesNotDiffer() =>
        Assert.All(Made(1, 2).Compare("bpr", "bpr", "mrr"), comparison => Assert.Equal((0, 1), (comparison.MeanDifference, comparison.P)));

    [Fact]
    public void ModelsThatWereNotAddedAreNotCompared() => Assert.Empty(Made(1).Compare("apr", "absent", "mrr"));

    [Fact]
    public void NormsStandNextToTheRadii()
    {
        var norms = Made(1, 2).Norms;
        Assert.Equal(6, norms.Count);                          // three models, two tables
        var (first, second) = (Seeds.Value[0][0], Seeds.Value[1][0]);
        var expected = (first.At[first.Model.Tables[0]].MeanRowNorm() + second.At[second.Model.Tables[0]].MeanRowNorm()) / 2;
        Assert.Equal(expected, norms[0].MeanRowNorm, 1e-9);
    }

    [Fact]
    public void ProgressAndCancelingGoByAttack()
    {
        var (heard, study) = (new List<StudyProgress>(), new Study(Task, Attacks, Metrics));
        study.Add(Seeds.Value[0][0], 1, new Listener(heard));
        Assert.Equal(["none", "noise ε 0.2", "noise ε 2", "fgsm ε 0.2", "fgsm ε 2"], heard.Select(told => told.Attack));
        Assert.ThrowsAny<OperationCanceledException>(() => study.Add(Seeds.Value[0][0], 2, cancel: new CancellationToken(true)));
    }

    private static Study Made(params int[] seeds)
    {
        var study = new Study(Task, Attacks, Metrics);
        foreach (var seed in seeds)
            foreach (var contender in Seeds.Value[seed - 1]) study.Add(contender, (ulong)seed);
        return study;
    }

    private static Contender[] Harden(ulong seed)
    {
        var options = new HardeningOptions
        {
            Epochs = 10, HardenEpochs = 10, Batch = 50, Epsilon = 0.3f, Relative = false,
            Training = new TrainingOptions { Rule = new Adagrad(0.1f), Ahead = false },
        };
        var models = Hardening.Run(Blocks.Train, () => new MatrixFactorization(Blocks.Users, Blocks.Items, new(4)), options, seed);
        return [.. models.Select(model => model.Contender)];
    }

    private sealed class Listener(List<StudyProgress> heard) : IProgress<StudyProgress>
    {
        public void Report(StudyProgress value) => heard.Add(value);
    }
}
