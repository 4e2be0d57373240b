using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class RatingTaskTests
{
    // ŷ = b_u + b_i: user 0 predicts 6, 4, 2 and user 1 predicts 5, 3, 1. Training ratings go from 1 to 5, so 4 is a like and 6 counts as 5 in errors.
    private static readonly Interactions Train = Blocks.Of(2, 3, [(0, 0), (1, 2)], (user, _) => user == 0 ? 5 : 1);

    private static readonly Interactions Test = Blocks.Of(2, 3, [(0, 0), (0, 1), (0, 2), (1, 0), (1, 1)], (user, item) => (user, item) switch
    {
        (0, 0) => 4,
        (0, 1) => 2,
        (0, 2) => 2,
        (1, 0) => 5,
        _ => 4,
    });

    private static readonly MatrixFactorization Model = new(2, 3, new(1, Biases: true));

    private static readonly Point At = Model.Start(new Rng(1)).With(Model.Users, Tensor.Zeros((2, 1)))
        .With(Model.UserBias, Tensor.Of(2, [4, 3])).With(Model.ItemBias, Tensor.Of(3, [2, 0, -2]));

    /// <summary>Errors 1, 2, 0 of user 0 and 0, −1 of user 1.</summary>
    [Fact]
    public void ErrorsWorkedByHand()
    {
        var result = new RatingTask(Train, Test).Judge(Model, At);
        Assert.Equal(Math.Sqrt(6 / 5.0), result["rmse"], 1e-6);
        Assert.Equal(4 / 5.0, result["mae"], 1e-6);
        Assert.Equal(Math.Sqrt(5 / 3.0), result.PerUser("rmse")[0], 1e-6);
        Assert.Equal(Math.Sqrt(1 / 2.0), result.PerUser("rmse")[1], 1e-6);
        Assert.Equal([1, 0.5], result.PerUser("mae").ToArray());
    }

    /// <summary>
    /// Likes are 1, 0, 0, 1, 1 and predicted 1, 1, 0, 1, 0. By prediction 6, 5, 4, 3, 2 the labels are 1, 1, 0, 1, 0: 5 of 6 pairs are in order, and the
    /// precisions at the likes are 1, 1 and 3/4.
    /// </summary>
    [Fact]
    public void LikesWorkedByHand()
    {
        var task = new RatingTask(Train, Test);
        var result = task.Judge(Model, At);
        Assert.Equal(4, task.Like);
        Assert.Equal(3 / 5.0, result["accuracy"], 1e-9);
        Assert.Equal((2 / 3.0, 2 / 3.0, 2 / 3.0), (result["precision"], result["recall"], result["f1"]));
        Assert.Equal(5 / 6.0, result["roc auc"], 1e-9);
        Assert.Equal((1 + 1 + 3 / 4.0) / 3, result["average precision"], 1e-9);
        Assert.Equal(result["roc auc"], result.Roc!.Area);
        Assert.Equal(result["average precision"], result.PrecisionRecall!.Area);
        var missing = Assert.Throws<KeyNotFoundException>(() => result["ndcg@10"]);
        Assert.Contains("rmse, mae, accuracy", missing.Message);
    }

    [Fact]
    public void WithoutBothKindsOfRatingsThereIsNoCurve()
    {
        var result = new RatingTask(Train, Test.Select([0, 3, 4])).Judge(Model, At);           // all likes
        Assert.True(result is { Roc: null, PrecisionRecall: null });
        Assert.DoesNotContain("roc auc", result.Figures.Keys);
        Assert.Empty(ReportSeparation.Of("mf", result));
    }

    [Fact]
    public void RatingsAreNeeded()
    {
        Assert.Throws<ArgumentException>(() => new RatingTask(Train, Blocks.Test));
        Assert.Throws<ArgumentException>(() => new RatingTask(Blocks.Train, Test));
        Assert.Throws<OperationCanceledException>(() => new RatingTask(Train, Test).Judge(Model, At, new CancellationToken(true)));
    }
}
