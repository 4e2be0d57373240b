using Bulwark.Data;

namespace Bulwark.Models;

/// <summary>A model that ranks for known users by what they touched, and so must be told.</summary>
public interface IHistoryModel : IModel
{
    /// <summary>The same formula and variables with other histories of the same users: for testing, those that hold the validation items too.</summary>
    IModel Knowing(Histories histories);
}
