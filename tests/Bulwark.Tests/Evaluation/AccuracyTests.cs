using Bulwark.Attacks;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

public sealed class AccuracyTests
{
    /// <summary>Classes by the sign of x: .1 is right and −.1 wrong; whatever shifts both by .2 corrects one and breaks none. One of two stays right.</summary>
    [Fact]
    public void WhatAnAttackCorrectsIsNoRobustness()
    {
        var (model, inputs) = (new MlpClassifier([1, 2]), new LabeledInputs(1, new float[] { 0.1f, -0.1f }, new[] { 1, 1 }));
        var at = model.Start(new Rng(1)).Map((variable, value) => variable.Name == "head.weight" ? Tensor.Of((1, 2), -1, 1) : Tensor.Zeros(value.Shape));
        var threat = new Threat(new LinfBall(0.2f), model.Inputs);
        Assert.Equal(0.5, Accuracy.Of(model, at, inputs));
        Assert.Equal(0.5, Accuracy.Of(model, at, inputs, new Shift(model.Inputs, 0.2f), threat, new Rng(1)));
        Assert.Equal(0, Accuracy.Of(model, at, inputs, new Shift(model.Inputs, -0.2f), threat, new Rng(1)));
    }

    private sealed record Shift(Variable Inputs, float By) : IAttack
    {
        public Move Find(Loss loss, Point at, Threat threat, Rng rng) => new((Inputs, Tensor.Full(at[Inputs].Shape, By)));
    }
}
