using Bulwark.Tensors;

namespace Bulwark.Models.Fields;

/// <summary>
/// A formula of examples made of fields: the log odds of a click, or a rating. <see cref="FieldModel"/> makes a recommender of it, with users and items
/// as fields.
/// </summary>
public interface IFieldScorer
{
    /// <summary>The fields. The numbers of a batch stand at the point under its variable.</summary>
    FieldShape Shape { get; }

    /// <summary>The variables with one row for each category: what an embedding attack may touch.</summary>
    IReadOnlyList<Variable> Tables { get; }

    /// <summary>Starting values of the weights.</summary>
    Point Start(Rng rng);

    /// <summary>A score for each example, (batch). With a source of randomness, dropout is on.</summary>
    Tensor Score(Point at, FieldRows rows, Rng? rng = null);
}
