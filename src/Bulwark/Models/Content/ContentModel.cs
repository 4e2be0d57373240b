using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models.Content;

/// <summary>
/// ŷ(u, i) = cos(Σ_j w_j f_j / ‖f_j‖, f_i) over the items j that u liked: <see cref="ContentRecommender"/>'s cosine as a formula over the features, for
/// dense vectors such as those of a text encoder. Nothing is trained, and an attack can move the features. An item that nobody has touched is
/// scored like any other; a history of someone unknown is a profile with weights of 1; users without liked items score 0 everywhere.
/// </summary>
/// <param name="liked">What users liked: values are weights in the profile, 1 where there are none.</param>
/// <param name="features">f, (items, d).</param>
/// <exception cref="ArgumentException">There is not one row of features for each item.</exception>
public sealed class ContentModel(Interactions liked, Tensor features) : IPairModel
{
    private const float Tiny = 1e-12f;                       // keeps a row of zeros from dividing 0 by 0
    private readonly Tensor _start = features.Shape.Rank == 2 && features.Shape[0] == liked.ItemCount
        ? features.Keep()
        : throw new ArgumentException($"Features of {liked.ItemCount} items need the shape (items, d), not {features.Shape}.");

    /// <summary>f, (items, d): given, not trained.</summary>
    public Variable Features { get; } = new("features") { IsGiven = true };

    /// <summary>None: there are no rows that training made.</summary>
    public IReadOnlyList<Variable> Tables => [];

    /// <inheritdoc/>
    public int UserCount => liked.UserCount;

    /// <inheritdoc/>
    public int ItemCount => liked.ItemCount;

    /// <inheritdoc/>
    public bool ScoresNewItems => true;

    /// <inheritdoc/>
    public Point Start(Rng rng) => new((Features, _start));

    /// <inheritdoc/>
    public Tensor Score(Point at, Ids users, Ids items, Rng? rng = null)
    {
        var unit = Unit(at[Features]);                                                           // (items, d)
        return Profiles(unit, users).Dot(unit.Rows(items));                                      // (batch)
    }

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var unit = Unit(at[Features]);
        return Profiles(unit, users).MatMul(unit, transposeY: true);                             // (users, items)
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history)
    {
        var unit = Unit(at[Features]);
        var profile = Unit(unit.Rows(history).Sum(0, keep: true));                               // (1, d)
        return profile.MatMul(unit, transposeY: true).Reshape(ItemCount);
    }

    /// <summary>(batch, d): the profile of each user, of length 1.</summary>
    private Tensor Profiles(Tensor unit, Ids users)
    {
        var weights = new float[users.Count * ItemCount];
        for (var b = 0; b < users.Count; b++)
        {
            var user = Known.Row(users.Rows[b], UserCount, "user");
            foreach (var row in liked.ByUser.Rows(user)) weights[b * ItemCount + liked.Item[row]] += liked.Value[row];
        }
        return Unit(Tensor.Of((users.Count, ItemCount), weights).MatMul(unit));
    }

    private static Tensor Unit(Tensor rows) => rows / (rows.NormOfRows().Reshape((rows.Shape[0], 1)) + Tiny);
}
