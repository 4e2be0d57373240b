using System.Runtime.InteropServices;
using Bulwark.Data;

namespace Bulwark.Defenses.Detection;

/// <summary>Weights of users put to use. Models learn from rows, and not all from weights, so the one mechanism that serves all is to leave rows out.</summary>
public static class Quarantine
{
    /// <summary>The interactions of users with at least this weight. The vocabularies stay: whoever is left out remains a known user without a history.</summary>
    /// <param name="interactions">What to learn from.</param>
    /// <param name="weights">(users) from 0 to 1.</param>
    /// <param name="least">The least weight that counts.</param>
    /// <exception cref="ArgumentException">There is not one weight for each user, or nobody is left.</exception>
    public static Interactions Without(this Interactions interactions, ReadOnlySpan<double> weights, double least = 0.5)
    {
        if (weights.Length != interactions.UserCount)
            throw new ArgumentException($"There are {interactions.UserCount} users and {weights.Length} weights; give one for each.", nameof(weights));
        var rows = new List<int>();
        for (var row = 0; row < interactions.Count; row++)
            if (weights[interactions.User[row]] >= least) rows.Add(row);
        if (rows.Count == 0) throw new ArgumentException("Nobody is left outside quarantine; keep some users.", nameof(weights));
        return rows.Count == interactions.Count ? interactions : interactions.Select(CollectionsMarshal.AsSpan(rows));
    }
}
