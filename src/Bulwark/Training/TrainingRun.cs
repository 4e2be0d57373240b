using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>How far a training has come: with the optimizer's weights and state, all that a checkpoint needs.</summary>
internal sealed class TrainingRun(int epochs, int stepsPerEpoch, string signature)
{
    private double _lossSum;
    private long _examples, _batches;

    public int Epochs => epochs;

    public int StepsPerEpoch => stepsPerEpoch;

    public long Steps => (long)epochs * stepsPerEpoch;

    public string Signature => signature;

    public long Step { get; private set; }

    /// <summary>Epochs completed.</summary>
    public int Epoch => (int)(Step / stepsPerEpoch);

    public List<EpochRecord> Curve { get; } = [];

    public Point? Best { get; set; }

    public int BestEpoch { get; private set; }

    public bool Stopped { get; private set; }

    /// <summary>The running mean of the weights, where one is kept.</summary>
    public RunningMean? Mean { get; set; }

    private double BestFigure { get; set; } = double.NegativeInfinity;

    private int Waited { get; set; }

    /// <summary>Mean loss of an example in the present epoch.</summary>
    public double MeanLoss => _examples > 0 ? _lossSum / _examples : Curve.LastOrDefault()?.Loss ?? 0;

    public double MeanBatch => _batches > 0 ? (double)_examples / _batches : 0;

    public void Count(double loss, int examples)
    {
        Step++;
        (_lossSum, _examples, _batches) = (_lossSum + loss, _examples + examples, _batches + 1);
    }

    public void EndEpoch(string stage, double? validation)
    {
        Curve.Add(new EpochRecord(stage, Epoch, MeanLoss, validation));
        (_lossSum, _examples, _batches) = (0, 0, 0);
    }

    /// <summary>Remembers the best point; after too long without a better one, or too far below it, stops.</summary>
    public void Judge(double figure, Point at, TrainingOptions options)
    {
        var worth = options.LowerIsBetter ? -figure : figure;
        if (worth > BestFigure) (BestFigure, BestEpoch, Best, Waited) = (worth, Epoch, at.Keep(), 0);
        else Stopped = ++Waited == options.Patience || BestFigure - worth > options.MostDrop;
    }

    public RunState Save() => new(signature, Step, _lossSum, _examples, _batches, Curve, BestFigure, BestEpoch, Waited, Stopped, Mean?.Count ?? 0);

    public void Restore(RunState state)
    {
        (Step, _lossSum, _examples, _batches) = (state.Step, state.LossSum, state.Examples, state.Batches);
        (BestFigure, BestEpoch, Waited, Stopped) = (state.BestFigure, state.BestEpoch, state.Waited, state.Stopped);
        Curve.Clear();
        Curve.AddRange(state.Curve);
    }
}

/// <summary>The numbers of a <see cref="TrainingRun"/>, as a checkpoint writes them.</summary>
internal sealed record RunState(
    string Signature, long Step, double LossSum, long Examples, long Batches, IReadOnlyList<EpochRecord> Curve, double BestFigure, int BestEpoch,
    int Waited, bool Stopped, int Averaged);
