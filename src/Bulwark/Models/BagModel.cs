using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Models;

/// <summary>A formula of bags of items and what the users it ranks for touched. Someone unknown to training is encoded like anybody else.</summary>
/// <param name="encoder">The formula.</param>
/// <param name="histories">What each user touched.</param>
public sealed class BagModel(IAutoencoder encoder, Histories histories) : IHistoryModel
{
    /// <summary>The formula.</summary>
    public IAutoencoder Encoder => encoder;

    /// <inheritdoc/>
    public IReadOnlyList<Variable> Tables => encoder.Tables;

    /// <inheritdoc/>
    public int UserCount => histories.UserCount;

    /// <inheritdoc/>
    public int ItemCount => encoder.ItemCount;

    /// <inheritdoc/>
    public IModel Knowing(Histories histories) => new BagModel(encoder, histories);

    /// <inheritdoc/>
    public Point Start(Rng rng) => encoder.Start(rng);

    /// <inheritdoc/>
    public Tensor ScoreAll(Point at, Ids users)
    {
        var bags = new Bags();
        bags.Fill(histories, users.Rows);
        return encoder.Reconstruct(at, bags);
    }

    /// <inheritdoc/>
    public Tensor? ScoreHistory(Point at, Ids history) => ScoreHistories(at, [history.Rows.ToArray()]).Reshape(ItemCount);

    /// <inheritdoc/>
    public Tensor ScoreHistories(Point at, IReadOnlyList<int[]> histories)
    {
        var bags = new Bags();
        bags.Fill([.. histories.Select(history => Touched.Items(history, ItemCount))]);
        return encoder.Reconstruct(at, bags);
    }
}
