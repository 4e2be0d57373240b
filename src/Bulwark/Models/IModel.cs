using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A formula with variables. It reads <c>at[variable]</c> and nothing else, so it cannot know that it is under attack.</summary>
public interface IModel
{
    /// <summary>The variables that hold embeddings, one row for each user, item or place in a history: what an embedding attack may touch.</summary>
    IReadOnlyList<Variable> Tables { get; }

    /// <summary>Users known to training.</summary>
    int UserCount { get; }

    /// <summary>Items known to training.</summary>
    int ItemCount { get; }

    /// <inheritdoc cref="IRecommender.ScoresNewItems"/>
    bool ScoresNewItems => false;

    /// <summary>Starting values of all variables.</summary>
    Point Start(Rng rng);

    /// <summary>
    /// This point with what every score there needs worked out beforehand, once for a loss or a recommender; scores are the same at both. Values so
    /// added belong to this point alone: a displaced point is made from the bare one.
    /// </summary>
    Point Prepared(Point at) => at;

    /// <summary>
    /// <see cref="Prepared"/> for who asks for the scores of these items alone, as the loss of a batch does: a model that works items out one by one
    /// works out each of these once. Others are still scored, at their own cost.
    /// </summary>
    Point PreparedFor(Point at, params ReadOnlySpan<Ids> items) => Prepared(at);

    /// <summary>The scores of every item for each user: (users) to (users, items).</summary>
    Tensor ScoreAll(Point at, Ids users);

    /// <summary>The scores of every item for someone unknown to training who touched these: (items); null where the model cannot tell.</summary>
    Tensor? ScoreHistory(Point at, Ids history);
}

/// <summary>A model that scores single pairs: what pairwise and pointwise objectives train.</summary>
public interface IPairModel : IModel
{
    /// <summary>The score of items[b] for users[b]: (b) and (b) to (b). With a source of randomness, dropout is on.</summary>
    Tensor Score(Point at, Ids users, Ids items, Rng? rng = null);
}
