using Bulwark.Data;
using Bulwark.Models.Classifiers;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Evaluation.Privacy;

/// <summary>A small network that tells members from others by features at zero mean and unit deviation.</summary>
internal sealed class AttackClassifier
{
    private const int Hidden = 32, Batch = 128, Epochs = 20;
    private readonly MlpClassifier _model;
    private readonly Spread[] _spreads;
    private readonly Point _at;

    private AttackClassifier(float[][] features, bool[] members, Rng rng)
    {
        var width = features[0].Length;
        _spreads = [.. Enumerable.Range(0, width).Select(d => Spread.Of([.. features.Select(one => (double)one[d])]))];
        _model = new MlpClassifier([width, Hidden, 2]);
        var inputs = new LabeledInputs(width, features.SelectMany(Standard).ToArray(), members.Select(member => member ? 1 : 0).ToArray());
        var trainer = new Trainer<InputBatch>(
            new InputSource(inputs, Batch, rng.Fork("batches")),
            [new("attack", Epochs, ClassifierObjectives.OnInputs(_model, ClassifierObjectives.CrossEntropy(_model)))], new() { Rule = AdamW.Of(0.003f), Ahead = false });
        _at = trainer.Run(_model.Start(rng.Fork("start")), rng).At;
    }

    /// <summary>Learns from features of members and others.</summary>
    public static AttackClassifier Fit(float[][] features, bool[] members, Rng rng) => new(features, members, rng);

    /// <summary>Higher for more likely a member.</summary>
    public float Score(float[] features)
    {
        using var scope = Scope.Open();
        var logits = _model.Logits(_at.With(_model.Inputs, Tensor.Of((1, features.Length), [.. Standard(features)]))).Values;
        return logits[1] - logits[0];
    }

    private IEnumerable<float> Standard(float[] features) =>
        features.Select((value, d) => (float)((value - _spreads[d].Mean) / Math.Max(_spreads[d].Deviation, 1e-12)));
}
