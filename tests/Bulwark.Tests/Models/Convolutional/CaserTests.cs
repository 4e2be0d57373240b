using Bulwark.Models.Convolutional;
using Bulwark.Tensors;

namespace Bulwark.Tests.Models.Convolutional;

public sealed class CaserTests
{
    /// <summary>
    /// d = 1, windows of two, one filter of each kind. After items of rows 2 and 3: height 1: max(2, 3) = 3; height 2: 2 + 3 = 5; vertical with
    /// weights 1 and 10: 2 + 30 = 32; z = 3 + 5 + 32 = 40. After the first alone: max(0, 2) = 2, 2, 20: z = 24. Output rows (1, 100), user 0.5, bias 7.
    /// </summary>
    [Fact]
    public void AScoreWorkedByHand()
    {
        var model = new Caser(1, 2, new(1, Window: 2, Horizontal: 1, Vertical: 1, Length: 6));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name switch
        {
            "items" => Tensor.Of((2, 1), 2, 3),
            "users" => Tensor.Of((1, 1), 0.5f),
            "items.output" => Tensor.Of((2, 2), 1, 100, 0, 0),
            "items.bias" => Tensor.Of(2, 7f, 0),
            "vertical.weight" => Tensor.Of((2, 1), 1, 10),
            _ => variable.Name.EndsWith("weight", StringComparison.Ordinal) ? Tensor.Full(value.Shape, 1) : Tensor.Zeros(value.Shape),
        });
        var histories = SequenceModelTests.Histories([0, 1]);
        histories.Users.Fill([0, 0]);
        Assert.Equal([24 + 50 + 7, 0, 40 + 50 + 7, 0], model.Head.All(at, model.Encode(at, histories)).Values.ToArray());
        Assert.Equal([24, 0.5f, 40, 0.5f], model.Encode(at, SequenceModelTests.Histories([0, 1])).Values.ToArray());   // the mean of all users
    }
}
