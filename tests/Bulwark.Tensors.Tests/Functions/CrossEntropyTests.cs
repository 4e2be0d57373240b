namespace Bulwark.Tensors.Tests.Functions;

public sealed class CrossEntropyTests
{
    private readonly Variable _x = new("logits");

    /// <summary>Equal logits over 4 classes cost ln 4; (ln 3, 0) costs ln 4/3 for the first class, ln 4 for the second.</summary>
    [Fact]
    public void ByHand()
    {
        Close.To(1, [Math.Log(4)], Tensor.Zeros((1, 4)).CrossEntropy(new Ids(2)), 1e-6);
        var logits = Tensor.Of((2, 2), MathF.Log(3), 0, MathF.Log(3), 0);
        Close.To(2, [Math.Log(4 / 3.0), Math.Log(4)], logits.CrossEntropy(new Ids(0, 1)), 1e-6);
        var gradient = Grad.Of(at => at[_x].CrossEntropy(new Ids(0, 1)).Sum(), new Point((_x, logits))).Move[_x];
        Close.To((2, 2), [-0.25, 0.25, 0.75, -0.75], gradient, 1e-6);
    }

    [Fact]
    public void HugeLogitsStayFinite() =>
        Assert.Equal([0, 2e8f], Tensor.Of((2, 2), 1e8f, -1e8f, 1e8f, -1e8f).CrossEntropy(new Ids(0, 1)).Values);

    [Fact]
    public void ItIsMinusTheLogSoftmaxAtTheLabel()
    {
        var (x, labels) = (Tensor.Gaussian((9, 33), 3, new Rng(1)), new Ids([.. Enumerable.Range(10, 9)]));
        var log = x.LogSoftmax();
        Close.To(9, Enumerable.Range(0, 9).Select(b => -(double)log.Values[b * 33 + 10 + b]), x.CrossEntropy(labels), 2e-6);
    }

    [Fact]
    public void LabelsAreChecked()
    {
        Assert.Contains("Row 3", Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros((1, 3)).CrossEntropy(new Ids(3))).Message);
        Assert.Throws<ArgumentOutOfRangeException>(() => Tensor.Zeros((1, 3)).CrossEntropy(new Ids(-1)));
        Assert.Throws<ArgumentException>(() => Tensor.Zeros((2, 3)).CrossEntropy(new Ids(1)));
    }
}
