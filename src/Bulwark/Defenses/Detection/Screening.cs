using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Defenses.Detection;

/// <summary>An account that honest behavior does not explain.</summary>
/// <param name="User">Its index.</param>
/// <param name="Weight">What its actions should count in training, from 0 to 1.</param>
/// <param name="Reasons">Why, in words that follow "this account".</param>
public sealed record Suspect(int User, double Weight, IReadOnlyList<string> Reasons);

/// <summary>
/// Decides who is suspect without being told how many there are, or that there are any: whoever belongs to a ring (<see cref="CommonTarget"/>) or acts in
/// step with a crowd (<see cref="Lockstep"/>), whose weight is 1 − the cosine. A ring member's is 1 − e · min(1, s_u / s), e the ring's excess over honest
/// behavior, s_u the sum of the excesses over all targets that a member is behind, and s the median of these sums among the ring's members: a fan of one of
/// several targets counts almost in full. What the detectors of profiles find odd about a suspect is told as well, but condemns nobody: honest profiles are
/// too diverse.
/// </summary>
public sealed class Screening
{
    private const double Odd = 3;                            // deviations from the median at which a profile's oddity is told
    private const double Trusted = 0.5;

    private Screening(IReadOnlyList<Ring> rings, double[] weights, IReadOnlyList<Suspect> suspects) => (Rings, Weights, Suspects) = (rings, weights, suspects);

    /// <summary>The rings, strongest first.</summary>
    public IReadOnlyList<Ring> Rings { get; }

    /// <summary>(users) what each user's actions should count in training, from 0 to 1.</summary>
    public double[] Weights { get; }

    /// <summary>Users with a weight below ½, the most suspect first.</summary>
    public IReadOnlyList<Suspect> Suspects { get; }

    /// <summary>Screens the users of some interactions.</summary>
    /// <param name="interactions">What they did.</param>
    /// <param name="rng">For the forest among the detectors; it does not decide who is suspect.</param>
    public static Screening Of(Interactions interactions, Rng rng)
    {
        var profiles = new Profiles(interactions);
        var (rings, steps) = (CommonTarget.Find(profiles), Lockstep.Find(profiles));
        double[] weights = [.. WeightsOf(rings, profiles.Users).Zip(steps, (weight, company) => Math.Min(weight, 1 - (company?.Likeness ?? 0)))];
        int[] suspects = [.. Enumerable.Range(0, profiles.Users).Where(user => weights[user] < Trusted).OrderBy(user => weights[user])];
        var oddities = suspects.Length == 0 ? [] : Detector.All.Select(detector =>
            (detector.Reason, Score: Robust.Standardized(detector.Score(profiles, rng)))).ToArray();
        return new(rings, weights, [.. suspects.Select(user => new Suspect(user, weights[user],
        [
            .. rings.Where(ring => ring.Members.Contains(user)).Select(ring => Words(ring, interactions.Items)),
            .. steps[user] is { } company ? [company.Words] : Array.Empty<string>(),
            .. oddities.Where(oddity => oddity.Score[user] > Odd).Select(oddity => oddity.Reason),
        ]))]);
    }

    private static string Words(Ring ring, Vocabulary items) => FormattableString.Invariant(
        $"{ring.Deed} '{items[ring.Item]}', as do {ring.Members.Count} of {ring.Raters} where {ring.Raters * ring.Expected:F0} would");

    private static double[] WeightsOf(IReadOnlyList<Ring> rings, int users)
    {
        var (sums, weights) = (new double[users], new double[users]);
        Array.Fill(weights, 1);
        foreach (var target in rings.GroupBy(ring => ring.Item))                                   // rings of one item are one deed, told in several ways
            foreach (var member in target.SelectMany(ring => ring.Members.Select(user => (User: user, ring.Excess))).GroupBy(member => member.User))
                sums[member.Key] += member.Max(ring => ring.Excess);
        foreach (var ring in rings)
        {
            var usual = Robust.Median(ring.Members.Select(member => sums[member]));
            foreach (var member in ring.Members) weights[member] = Math.Min(weights[member], 1 - ring.Excess * Math.Min(1, sums[member] / usual));
        }
        return weights;
    }
}
