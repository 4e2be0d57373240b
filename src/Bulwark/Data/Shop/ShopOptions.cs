namespace Bulwark.Data;

/// <summary>Settings of the generated shop.</summary>
/// <param name="Shoppers">Number of honest shoppers.</param>
/// <param name="Products">Number of products.</param>
/// <param name="EventsPerShopper">Mean number of events of a shopper; the number is log-normal, with a heavy tail.</param>
/// <param name="Categories">Number of product categories.</param>
/// <param name="Brands">Number of brands.</param>
/// <param name="Noise">Share of visits to a product that is picked without regard to taste.</param>
/// <param name="DriftPerMonth">How far a shopper's taste moves in a month, relative to its length.</param>
/// <param name="FraudAccounts">Number of accounts in a planted fraud ring; 0 for none.</param>
/// <param name="FraudTargets">Number of products that the ring pushes.</param>
/// <param name="TasteShift">How far each shopper's taste jumps at once in the middle of the period, relative to its length; 0 for drift alone.</param>
/// <param name="FraudDay">The day of the period, from 0, on which the ring begins to push; null for one drawn from its third quarter on.</param>
/// <param name="FraudDays">For how many days it pushes, at least 1.</param>
public sealed record ShopOptions(
    int Shoppers = 2000,
    int Products = 1000,
    double EventsPerShopper = 40,
    int Categories = 12,
    int Brands = 40,
    double Noise = 0.1,
    double DriftPerMonth = 0.1,
    int FraudAccounts = 0,
    int FraudTargets = 3,
    double TasteShift = 0,
    int? FraudDay = null,
    int FraudDays = 14);
