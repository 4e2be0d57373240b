namespace Bulwark.Server.Monitoring;

/// <summary>An item that many more accounts took in the newest windows than its past lets expect.</summary>
/// <param name="Item">Its row.</param>
/// <param name="Accounts">How many took it.</param>
/// <param name="Expected">How many would have.</param>
/// <param name="P">The probability of as many by chance.</param>
/// <param name="NewShare">The share of them that first came within these windows.</param>
/// <param name="ListedShare">The share of them in whose list the item stood.</param>
/// <param name="ListedBefore">The same among those who took it earlier.</param>
public sealed record Surge(int Item, int Accounts, double Expected, double P, double NewShare, double ListedShare, double ListedBefore);
