using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A model that ranks for known users by what they touched, and so must be told.</summary>
public interface IHistoryModel : IModel
{
    /// <summary>The same formula and variables with other histories of the same users: for testing, those that hold the validation items too.</summary>
    IModel Knowing(Histories histories);

    /// <summary>
    /// The scores of every item for people unknown to training who touched these, oldest first: (histories, items). Equal scores for who touched nothing.
    /// </summary>
    Tensor ScoreHistories(Point at, IReadOnlyList<int[]> histories);
}
