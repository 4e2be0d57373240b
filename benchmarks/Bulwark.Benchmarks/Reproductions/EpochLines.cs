using System.Globalization;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Progress of a training: a line an epoch on standard error.</summary>
internal sealed class EpochLines : IProgress<TrainingProgress>
{
    private int _epoch = -1;

    public void Report(TrainingProgress value)
    {
        if ((int)value.Epoch <= _epoch) return;
        _epoch = (int)value.Epoch;
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{value.Epoch:F0}: loss {value.Loss:F4}, validation {value.Validation:F4}, {value.Rate:F0}/s"));
    }
}
