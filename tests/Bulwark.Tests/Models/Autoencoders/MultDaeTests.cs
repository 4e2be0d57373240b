using Bulwark.Models;
using Bulwark.Models.Autoencoders;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Autoencoders;

public sealed class MultDaeTests
{
    /// <summary>
    /// Items 0 and 1 of three, at unit norm 1/√2 each: the hidden unit is tanh((1 + 3) / √2), the code its tanh doubled and so on through weights of 1
    /// and 2; item i scores i + 1 times the last hidden unit, plus its bias.
    /// </summary>
    [Fact]
    public void ScoresWorkedByHand()
    {
        var model = new MultDae(3, new AutoencoderOptions(1, 1));
        var at = model.Start(new Rng(1)).Map((variable, _) => variable.Name switch
        {
            "items.input" => Tensor.Of((3, 1), 1, 3, 7),
            "input.bias" => Tensor.Of(1, -2),
            "code.weight" => Tensor.Of((1, 1), 2),
            "decoder.weight" => Tensor.Of((1, 1), 0.5f),
            "items.output" => Tensor.Of((3, 1), 1, 2, 3),
            "output.bias" => Tensor.Of(3, 0, 1, -1),
            _ => Tensor.Zeros(1),
        });
        var bags = new Bags();
        bags.Fill([0, 1]);
        var hidden = Math.Tanh(0.5 * Math.Tanh(2 * Math.Tanh(4 / Math.Sqrt(2) - 2)));
        Assert.Equal([hidden, 2 * hidden + 1, 3 * hidden - 1], model.Reconstruct(at, bags).Values.ToArray().Select(x => (double)x), Close);

        static bool Close(double x, double y) => Math.Abs(x - y) < 1e-5;
    }

    /// <summary>Every setting changes what training sees; a history counts each item once, in any order.</summary>
    [Fact]
    public void EveryOptionCountsAndABagHasNoOrder()
    {
        var bags = new Bags();
        bags.Fill([1, 2, 5]);
        float[] Of(AutoencoderOptions options)
        {
            var model = new MultDae(8, options);
            return model.Reconstruct(model.Start(new Rng(1)), bags, new Rng(2)).Values.ToArray();
        }
        var first = Of(new(4, 4));
        Assert.NotEqual(first, Of(new(5, 4)));
        Assert.NotEqual(first, Of(new(4, 5)));
        Assert.NotEqual(first, Of(new(4, 4, 0)));

        var model = new BagModel(new MultDae(8, new(4, 4)), Blocks.Of(1, 8, [(0, 1), (0, 2), (0, 5)]).ByUser);
        var at = model.Start(new Rng(1));
        var known = model.ScoreAll(at, new Ids(0)).Values.ToArray();
        Assert.Equal(known, model.ScoreHistory(at, new Ids(5, 1, 2, 1))!.Values.ToArray());
        Assert.NotEqual(known, model.Knowing(Blocks.Of(1, 8, [(0, 3)]).ByUser).ScoreAll(at, new Ids(0)).Values.ToArray());
    }
}
