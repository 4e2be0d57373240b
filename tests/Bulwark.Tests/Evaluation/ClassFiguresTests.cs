using Bulwark.Evaluation;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class ClassFiguresTests
{
    /// <summary>
    /// Answers 0, 1, 1, 2 to the classes 0, 0, 1, 2. Precision 1, ½, 1; recall ½, 1, 1; F1 ⅔, ⅔, 1. By class 0's column .6 and .3 stand above .1 and .2: area 1; by
    /// class 1's .7 stands above .2, .6 and .1: area 1; class 2's .7 above all: 1.
    /// </summary>
    [Fact]
    public void MacroMeansAreThoseOfEachClassAgainstTheRest()
    {
        var figures = ClassFigures.Of(Tensor.Of((4, 3), 0.6f, 0.2f, 0.2f, 0.3f, 0.6f, 0.1f, 0.1f, 0.7f, 0.2f, 0.2f, 0.1f, 0.7f), new Ids([0, 0, 1, 2]));
        Assert.Equal([(1 + 0.5 + 1) / 3, (0.5 + 1 + 1) / 3, (2.0 / 3 + 2.0 / 3 + 1) / 3, 1], figures.Means, (a, b) => Math.Abs(a - b) < 1e-9);
    }

    /// <summary>A tie of the true class with another is no right answer; a class that does not occur counts in no mean, and has no area.</summary>
    [Fact]
    public void TiesAndMissingClasses()
    {
        var figures = ClassFigures.Of(Tensor.Of((2, 3), 0.4f, 0.4f, 0.2f, 0.2f, 0.7f, 0.1f), new Ids([0, 1]));
        Assert.Equal(0, figures.Classes[0].TruePositives);
        Assert.Equal(0.5, figures.Recall);
        Assert.True(double.IsNaN(figures.Areas[2]));
        Assert.Equal(1, figures.Auc);
    }
}
