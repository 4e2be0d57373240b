using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Evaluation.Privacy;

/// <summary>
/// Membership inference against a way of training. Models are trained in pairs, each on a random half of the users and its twin on the other half; each is the target
/// in turn, and the other pairs are the attacker's shadow models. An attacker asks the target about a user's history, which is answered in the same way for members
/// and others, so that nothing but what training kept can tell them apart.
/// </summary>
/// <remarks>Shadow models that saw the very same users are more than most attackers have: what is found is a bound on what they find (Carlini et al. 2022).</remarks>
public sealed class MembershipAudit
{
    /// <summary>The attack that compares how likely the target finds a history with nothing.</summary>
    public const string Likelihood = "likelihood";

    /// <summary>The attack that compares it with how likely it is to shadow models that have not seen the user (Watson et al. 2022).</summary>
    public const string Calibrated = "calibrated likelihood";

    /// <summary>The attack on what is recommended: see <see cref="RecommendedVectors"/>.</summary>
    public const string Vectors = "recommended vectors";

    private readonly Interactions _train;
    private readonly int[] _users;
    private readonly bool[][] _members;                      // (models, users)
    private readonly float[][] _likelihoods;                 // (models, users)
    private readonly float[][][] _vectors;                   // (models, users, d)

    private MembershipAudit(Interactions train, Victim victim, int models, Rng rng, CancellationToken cancel)
    {
        (_train, _users) = (train, [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0)]);
        (_members, _likelihoods, _vectors) = (new bool[models][], new float[models][], new float[models][][]);
        var vectors = new RecommendedVectors(train, rng.Fork("vectors"));
        for (var model = 0; model < models; model++)
        {
            cancel.ThrowIfCancellationRequested();
            _members[model] = model % 2 == 0 ? Half(rng.Fork("half").Fork(model)) : [.. _members[model - 1].Select(member => !member)];
            var recommender = victim.Train(Rows(_members[model]), rng.Fork("training").Fork(model).NextBits());
            (_likelihoods[model], _vectors[model]) = (new float[_users.Length], new float[_users.Length][]);
            Ask(recommender, model, vectors);
        }
    }

    /// <summary>What each attack gets out of each target.</summary>
    /// <param name="train">All users; those without interactions are left out.</param>
    /// <param name="victim">The way of training. It must rank for histories unknown to training.</param>
    /// <param name="models">How many are trained: an even number of at least 4, for each target needs a shadow model without each user.</param>
    /// <param name="rng">Drives halves, training and attacks.</param>
    /// <param name="cancel">Stops before the next training.</param>
    /// <exception cref="ArgumentException">There are too few models or users, or the model cannot be asked about a history.</exception>
    public static IReadOnlyDictionary<string, IReadOnlyList<Leakage>> Run(
        Interactions train, Victim victim, int models, Rng rng, CancellationToken cancel = default)
    {
        if (models < 4 || models % 2 != 0) throw new ArgumentException($"An audit needs an even number of models, at least 4, not {models}.", nameof(models));
        var audit = new MembershipAudit(train, victim, models, rng, cancel);
        if (audit._users.Length < 8) throw new ArgumentException($"An audit needs at least 8 users, not {audit._users.Length}.", nameof(train));
        int[] targets = [.. Enumerable.Range(0, models)];
        return new Dictionary<string, IReadOnlyList<Leakage>>
        {
            [Likelihood] = [.. targets.Select(target => audit.Of(target, audit._likelihoods[target]))],
            [Calibrated] = [.. targets.Select(target => audit.Of(target, audit.Excess(target)))],
            [Vectors] = [.. targets.Select(target => audit.Of(target, audit.Learned(target, rng.Fork("attack").Fork(target))))],
        };
    }

    private Leakage Of(int target, ReadOnlySpan<float> scores) => Leakage.Of(scores, _members[target]);

    private bool[] Half(Rng rng)
    {
        var (order, half) = (Enumerable.Range(0, _users.Length).ToArray(), new bool[_users.Length]);
        rng.Shuffle<int>(order);
        foreach (var n in order.AsSpan(0, order.Length / 2)) half[n] = true;
        return half;
    }

    private Interactions Rows(bool[] members)
    {
        var taken = new bool[_train.UserCount];
        for (var n = 0; n < _users.Length; n++) taken[_users[n]] = members[n];
        return _train.Select([.. Enumerable.Range(0, _train.Count).Where(row => taken[_train.User[row]])]);
    }

    private void Ask(IRecommender recommender, int model, RecommendedVectors vectors)
    {
        var scores = new float[recommender.ItemCount];
        for (var n = 0; n < _users.Length; n++)
        {
            var history = _train.ByUser.Items(_users[n]);
            if (recommender.ScoreHistory(history, scores) != ScoreSource.FoldIn)
                throw new ArgumentException("The model has no answer of its own for someone unknown to training; audit one that has, such as bpr or mult-vae.");
            _likelihoods[model][n] = LogLikelihood(history, scores);
            _vectors[model][n] = vectors.Of(history, scores);
        }
    }

    /// <summary>Mean of ln softmax(scores) over the history.</summary>
    private static float LogLikelihood(ReadOnlySpan<int> history, ReadOnlySpan<float> scores)
    {
        var (largest, sum, mean) = (float.NegativeInfinity, 0.0, 0.0);
        foreach (var score in scores) largest = Math.Max(largest, score);
        foreach (var score in scores) sum += Math.Exp(score - largest);
        foreach (var item in history) mean += scores[item] - largest;
        return (float)(mean / history.Length - Math.Log(sum));
    }

    /// <summary>All models but the target and its twin: of these each user is in exactly half, so that who a user is says nothing.</summary>
    private int[] Shadows(int target) => [.. Enumerable.Range(0, _members.Length).Where(model => model / 2 != target / 2)];

    /// <summary>Of each user, the likelihood less its mean over shadow models trained without them.</summary>
    private float[] Excess(int target)
    {
        var shadows = Shadows(target);
        return [.. _likelihoods[target].Select((own, n) => own - shadows.Where(shadow => !_members[shadow][n]).Average(shadow => _likelihoods[shadow][n]))];
    }

    /// <summary>A classifier of members and others, learned from the shadow models.</summary>
    private float[] Learned(int target, Rng rng)
    {
        var shadows = Shadows(target);
        var attack = AttackClassifier.Fit(
            [.. shadows.SelectMany(shadow => _vectors[shadow])], [.. shadows.SelectMany(shadow => _members[shadow])], rng);
        return [.. _vectors[target].Select(attack.Score)];
    }
}
