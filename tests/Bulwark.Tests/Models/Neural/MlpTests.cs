using Bulwark.Models.Neural;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Neural;

public sealed class MlpTests
{
    [Fact]
    public void TheStartIsGlorotUniformWithZeroBiases()
    {
        var at = new Mlp("tower", [40, 60, 8]).Start(new Point(), new Rng(1));
        var values = at.Variables.ToArray().ToDictionary(variable => variable.Name, variable => at[variable]);
        Assert.Equal(["tower.0.bias", "tower.0.weight", "tower.1.bias", "tower.1.weight"], values.Keys.Order());
        Assert.Equal((Shape)(40, 60), values["tower.0.weight"].Shape);
        Assert.Equal((Shape)(60, 8), values["tower.1.weight"].Shape);
        var bound = MathF.Sqrt(6f / 100);
        var weights = values["tower.0.weight"].Values.ToArray();
        Assert.InRange(weights.Max(Math.Abs), 0.99f * bound, bound);
        Assert.Equal(bound / MathF.Sqrt(3), MathF.Sqrt(weights.Average(x => x * x)), 0.02f * bound);
        Assert.All(values["tower.0.bias"].Values.ToArray(), x => Assert.Equal(0, x));
    }

    /// <summary>relu((1, 2) W + b) with columns (1, 1) and (−1, 0): (3, −1) + (.5, .5) = (3.5, 0).</summary>
    [Fact]
    public void ALayerWorkedByHand()
    {
        var mlp = new Mlp("tower", [2, 2]);
        var at = mlp.Start(new Point(), new Rng(1))
            .Map((variable, _) => variable.Name == "tower.0.weight" ? Tensor.Of((2, 2), 1, -1, 1, 0) : Tensor.Full(2, 0.5f));
        Assert.Equal([3.5f, 0], mlp.Of(at, Tensor.Of((1, 2), 1, 2)).Values.ToArray());
    }
}
