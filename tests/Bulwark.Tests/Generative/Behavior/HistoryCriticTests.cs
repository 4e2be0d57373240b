using Bulwark.Generative.Behavior;
using Bulwark.Models.Recurrent;
using Bulwark.Tensors;

namespace Bulwark.Tests.Generative.Behavior;

public sealed class HistoryCriticTests
{
    private static readonly HistoryCritic _critic = new(new Gru4Rec(3, new(4, 3)), 4);
    private static readonly Point _at = _critic.Start(new Rng(1));

    /// <summary>The same items in another order, and a shorter history, score otherwise; company changes nothing.</summary>
    [Fact]
    public void OrderAndLengthCount()
    {
        var x = Tensor.Of((3, 3, 3), 1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 1, 0, 0, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0);
        var scores = _critic.Score(_at, x, null).Values.ToArray();
        Assert.Equal(3, scores.Distinct().Count());
        Assert.Equal(scores[1], _critic.Score(_at, x.Slice(0, 1, 1), null).Item(), 1e-6f);
    }
}
