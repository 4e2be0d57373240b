using Bulwark.Evaluation.Tuning;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation.Tuning;

public class RegressionTreeTests
{
    /// <summary>A step in the first of two dimensions: one cut, half way between 0.3 and 0.7, and means on both sides.</summary>
    [Fact]
    public void AStepIsCutWhereItIs()
    {
        double[][] places = [[0.1, 0.9], [0.3, 0.1], [0.7, 0.8], [0.9, 0.2]];
        var boxes = RegressionTree.Grow(places, [1, 1, 5, 5]);
        Assert.Equal(2, boxes.Count);
        Assert.Equal((0, 0.5, 1.0), (boxes[0].Low[0], boxes[0].High[0], boxes[0].Value));
        Assert.Equal((0.5, 1, 5.0), (boxes[1].Low[0], boxes[1].High[0], boxes[1].Value));
        Assert.All(boxes, box => Assert.Equal((0, 1), (box.Low[1], box.High[1])));
    }

    [Fact]
    public void BoxesFillTheCubeAndHoldAtLeastTwo()
    {
        var rng = new Rng(2);
        double[][] places = [.. Enumerable.Range(0, 60).Select(_ => new[] { rng.NextDouble(), rng.NextDouble(), rng.NextDouble() })];
        var boxes = RegressionTree.Grow(places, [.. places.Select(place => place[0] * place[1] + 0.1 * rng.NextGaussian())]);
        Assert.True(boxes.Count > 5);
        Assert.Equal(1, boxes.Sum(box => box.Volume), 1e-12);
        Assert.All(boxes, box => Assert.True(places.Count(place => place.Index().All(p => p.Item >= box.Low[p.Index] && p.Item < box.High[p.Index])) >= 2));
    }

    [Fact]
    public void EqualFiguresAreNotCut() => Assert.Single(RegressionTree.Grow([[0.1], [0.2], [0.6], [0.9]], [0.1, 0.1, 0.1, 0.1]));
}
