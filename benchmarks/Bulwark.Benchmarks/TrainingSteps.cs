using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks;

/// <summary>Training steps as the trainer makes them, to be timed; batches are prepared on another thread where there is one.</summary>
internal sealed class TrainingSteps<TBatch>(IBatchSource<TBatch> source, Objective<TBatch> objective, Point start, UpdateRule rule, Rng rng, int replays = 1)
    : IDisposable where TBatch : IBatch
{
    private readonly Optimizer _optimizer = new(start, rule);
    private readonly Prefetch<TBatch> _batches = new(source, 0, long.MaxValue, Team.Threads > 1);

    /// <summary>A batch with all its replays; how many examples it has.</summary>
    public int Step()
    {
        using var scope = Scope.Open();
        var batch = _batches.Next();
        var loss = objective(batch, rng);
        for (var replay = 0; replay < replays; replay++) _optimizer.Step(Grad.Of(loss, _optimizer.At).Move);
        return batch.Count;
    }

    public void Dispose() => _batches.Dispose();
}
