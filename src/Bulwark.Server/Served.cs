using Bulwark.Data;
using Bulwark.Models;

namespace Bulwark.Server;

/// <summary>A trained model as it is served.</summary>
/// <param name="Name">What answers call it.</param>
/// <param name="Recommender">What ranks.</param>
/// <param name="Train">What training saw: ids of users and items, and what each user touched, oldest first.</param>
public sealed record Served(string Name, IRecommender Recommender, Interactions Train)
{
    /// <summary>The same model as a factorization that can follow events; null for one that stays as it is.</summary>
    public ServedFactorization? Factorization { get; init; }
}
