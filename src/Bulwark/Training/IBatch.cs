namespace Bulwark.Training;

/// <summary>What one step trains on. A batch is refilled rather than made anew.</summary>
public interface IBatch
{
    /// <summary>How many examples it holds.</summary>
    int Count { get; }

    /// <summary>Rebuilds the row groupings that earlier contents were asked for; called where the batch was filled.</summary>
    void Regroup();
}
