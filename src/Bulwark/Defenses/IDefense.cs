using Bulwark.Training;

namespace Bulwark.Defenses;

/// <summary>Making a loss harder to fool. A defense wraps an objective into another, so defenses compose.</summary>
public interface IDefense
{
    /// <summary>The hardened objective.</summary>
    Objective<TBatch> Harden<TBatch>(Objective<TBatch> objective);
}
