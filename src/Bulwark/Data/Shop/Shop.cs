namespace Bulwark.Data;

/// <summary>A generated shop: data with a known truth behind them.</summary>
/// <param name="Dataset">The event log with products and shoppers.</param>
/// <param name="Oracle">The true preferences.</param>
/// <param name="IsFraud">(users) whether an account belongs to the planted fraud ring.</param>
/// <param name="FraudTargets">Items that the ring pushes; empty without a ring.</param>
/// <param name="Media">Pictures and clips of the products.</param>
public sealed record Shop(Dataset Dataset, Oracle Oracle, IReadOnlyList<bool> IsFraud, IReadOnlyList<int> FraudTargets, ProductMedia Media);
