namespace Bulwark.Training;

/// <summary>
/// Where batches come from. The contents of a batch depend on the step's number and the source's seed alone, so that batches can be
/// filled ahead on another thread and training can be resumed anywhere.
/// </summary>
public interface IBatchSource<TBatch> where TBatch : IBatch
{
    /// <summary>Steps in one pass over the data.</summary>
    int StepsPerEpoch { get; }

    /// <summary>An empty batch, to be filled again and again.</summary>
    TBatch Create();

    /// <summary>Fills a batch with the examples of a step, counted from 0 over all epochs.</summary>
    void Fill(TBatch batch, long step);
}
