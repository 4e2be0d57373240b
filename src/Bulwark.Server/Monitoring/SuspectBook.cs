using Bulwark.Defenses.Detection;

namespace Bulwark.Server.Monitoring;

/// <summary>Accounts under suspicion, until they have given no new reason for as long as the history.</summary>
internal sealed class SuspectBook(int history)
{
    private readonly SortedDictionary<int, (Suspect Suspect, int Window)> _suspects = [];

    /// <summary>The suspects now, by row.</summary>
    public IReadOnlyList<Suspect> All => [.. _suspects.Values.Select(one => one.Suspect)];

    /// <summary>Whether the account is under suspicion.</summary>
    public bool Contains(int user) => _suspects.ContainsKey(user);

    /// <summary>Takes down who gave reason in a window.</summary>
    public void Add(int window, StepsFound steps, IReadOnlyList<Crowd> crowds)
    {
        foreach (var (user, cosine) in steps.Users)
            Add(window, user, 1 - cosine, FormattableString.Invariant($"acts in step with {steps.Users.Count - 1} others (cosine {cosine:F2})"));
        var members = crowds.SelectMany(crowd => crowd.Users.Select(user => (User: user, Crowd: crowd)));
        foreach (var own in members.GroupBy(member => (member.User, member.Crowd.Kind), member => member.Crowd))
        {
            var crowd = own.MaxBy(crowd => crowd.Excess)!;
            var sort = crowd.Kind == AlarmKind.NewAccounts ? "is new and takes an item in surge" : "takes an item in surge and hardly anything else";
            Add(window, own.Key.User, 1 - crowd.Excess, FormattableString.Invariant($"{sort}, as do {crowd.Users.Length - 1} others"));
        }
        foreach (var user in _suspects.Where(one => window - one.Value.Window > history).Select(one => one.Key).ToArray()) _suspects.Remove(user);
    }

    private void Add(int window, int user, double weight, string reason)
    {
        if (_suspects.TryGetValue(user, out var known) && known.Window == window)
            _suspects[user] = (new(user, Math.Min(weight, known.Suspect.Weight), [.. known.Suspect.Reasons, reason]), window);
        else _suspects[user] = (new(user, weight, [reason]), window);
    }
}
