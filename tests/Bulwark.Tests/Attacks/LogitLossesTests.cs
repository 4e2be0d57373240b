using Bulwark.Attacks;
using Bulwark.Tensors;

namespace Bulwark.Tests.Attacks;

public sealed class LogitLossesTests
{
    private static readonly Variable Z = new("z");
    private static readonly Tensor Logits = Tensor.Of((2, 4), 3, 1, 2, -1, 0, 5, 1, 4);
    private static readonly Ids Labels = new(0, 3), Targets = new(3, 0);

    /// <summary>Row 1 is right by 3 − 2, row 2 wrong by 5 − 4; the second rivals are 1 and 1. Toward 3: −1 − 3; toward 0: 0 − 5.</summary>
    [Fact]
    public void MarginsWorkedByHand()
    {
        Assert.Equal([-1, 1], Logits.Margin(Labels).Values.ToArray());
        Assert.Equal([-2, -3], Logits.Margin(Labels, rival: 2).Values.ToArray());
        Assert.Equal([-4, -5], Logits.MarginToward(Targets).Values.ToArray());
        Assert.Equal([2, 3], Tensor.Of((2, 1), -2, 3).BinaryMargin(new Ids(1, 0)).Values.ToArray());
    }

    /// <summary>Orders (3, 2, 1, −1) and (5, 4, 1, 0): margins over 3 − 1 and 5 − 1; toward the targets −4 / (3 − 0) and −4 / (5 − .5).</summary>
    [Fact]
    public void RatiosWorkedByHand()
    {
        Assert.Equal([-0.5f, 0.25f], Logits.Dlr(Labels).Values.ToArray());
        Close([-4f / 3, -4 / 4.5f], Logits.DlrToward(Labels, Targets).Values.ToArray());
        Close([MathF.Log(Softmax(0, 3)), MathF.Log(Softmax(1, 0))], Logits.CrossEntropyToward(Targets).Values.ToArray());

        static float Softmax(int row, int column)
        {
            var e = Logits.Values.Slice(row * 4, 4).ToArray().Select(z => Math.Exp(z)).ToArray();
            return (float)(e[column] / e.Sum());
        }
    }

    /// <summary>Logits 1,000 times as large have margins as much larger, and the same ratio: it does not vanish where the softmax has saturated.</summary>
    [Fact]
    public void TheRatioDoesNotDependOnTheScale()
    {
        Close(Logits.Dlr(Labels).Values.ToArray(), (Logits * 1000).Dlr(Labels).Values.ToArray());
        Close(Logits.DlrToward(Labels, Targets).Values.ToArray(), (Logits * 1000).DlrToward(Labels, Targets).Values.ToArray());
    }

    public static TheoryData<string> Names => ["margin", "second rival", "toward", "dlr", "dlr toward", "cross-entropy toward"];

    [Theory, MemberData(nameof(Names))]
    public void GradientsAgreeWithDifferences(string name)
    {
        Tensor Loss(Point at) => name switch
        {
            "margin" => at[Z].Margin(Labels),
            "second rival" => at[Z].Margin(Labels, 2),
            "toward" => at[Z].MarginToward(Targets),
            "dlr" => at[Z].Dlr(Labels),
            "dlr toward" => at[Z].DlrToward(Labels, Targets),
            _ => at[Z].CrossEntropyToward(Targets),
        };
        var gradient = Grad.Of(Loss, new((Z, Logits))).Move[Z].Values;
        for (var i = 0; i < gradient.Length; i++)
        {
            const float h = 1e-2f;
            var step = new float[gradient.Length];
            step[i] = h;
            var (up, down) = (Loss(new((Z, Logits + Tensor.Of(Logits.Shape, step)))).Sum().Item(), Loss(new((Z, Logits - Tensor.Of(Logits.Shape, step)))).Sum().Item());
            Assert.Equal((up - down) / (2 * h), gradient[i], 1e-3);
        }
    }

    [Fact]
    public void TooFewClassesAreRefused()
    {
        var two = Tensor.Of((1, 2), 1, 2);
        Assert.Contains("Margin", Assert.Throws<ArgumentException>(() => two.Dlr(new Ids(0))).Message);
        Assert.Contains("MarginToward", Assert.Throws<ArgumentException>(() => Tensor.Of((1, 3), 1, 2, 3).DlrToward(new Ids(0), new Ids(1))).Message);
        Assert.Throws<ArgumentException>(() => two.Margin(new Ids(0), rival: 2));
    }

    [Fact]
    public void EqualScoresRankByColumn() =>
        Assert.Equal([1, 2, 0], LogitLosses.Ranked(Tensor.Of((1, 3), 1, 4, 4), 3).Select(place => place.Rows[0]));

    private static void Close(float[] expected, float[] actual)
    {
        for (var i = 0; i < expected.Length; i++) Assert.Equal(expected[i], actual[i], 1e-5f);
    }
}
