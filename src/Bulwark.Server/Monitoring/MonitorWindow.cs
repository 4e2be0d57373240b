namespace Bulwark.Server.Monitoring;

/// <summary>What a window was like.</summary>
/// <param name="Number">From 0, in order.</param>
/// <param name="From">The time of its earliest event, in seconds since 1970-01-01 UTC.</param>
/// <param name="To">The time of its latest.</param>
/// <param name="Events">Its events.</param>
/// <param name="Users">Accounts that acted.</param>
/// <param name="Items">Items that were taken.</param>
/// <param name="HitRate">HR@10 of the events, each predicted before it was learned; too low where it is out.</param>
/// <param name="RecentHitRate">Its mean over the newest windows: a small fall that lasts shows there first.</param>
/// <param name="Ndcg">NDCG@10 of the same.</param>
/// <param name="Drift">The Jensen–Shannon divergence, in bits, of items' shares from those of the windows just before.</param>
/// <param name="FromTraining">The same from training; usual is what as many draws from training have.</param>
/// <param name="Activity">The Kolmogorov–Smirnov distance of how much accounts take from the windows just before.</param>
/// <param name="NewUsers">The share of the accounts that came for the first time.</param>
/// <param name="NewItems">The share of what was taken that nobody had taken before.</param>
/// <param name="Gini">How unequal the items that were taken are, from 0.</param>
/// <param name="TopShare">The ten most taken items' share of what was taken.</param>
public sealed record MonitorWindow(
    int Number, long From, long To, int Events, int Users, int Items, Reading HitRate, Reading RecentHitRate, Reading Ndcg, Reading Drift, Reading FromTraining,
    Reading Activity, Reading NewUsers, double NewItems, double Gini, double TopShare);
