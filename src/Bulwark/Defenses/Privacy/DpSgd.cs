using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Defenses.Privacy;

/// <summary>
/// User-level DP-SGD (Abadi et al. 2016; McMahan et al. 2018): g = (Σ_u g_u · min(1, C/‖g_u‖) + N(0, (σC)² I)) / B, g_u the gradient of all examples of
/// user u and its norm taken over all parameters together. Noise falls on every parameter, because the rows that a batch touched tell who was in it.
/// With users drawn by <see cref="PoissonSource{TBatch}"/>, what the steps give away is what <see cref="RenyiAccountant"/> counts.
/// </summary>
/// <param name="Clip">C, the largest norm of a user's gradient; infinite only without noise.</param>
/// <param name="Noise">σ, the noise in units of C.</param>
/// <param name="ExpectedBatch">B, the users that a step draws on average: their true number would tell who was there.</param>
/// <remarks>
/// What is protected is the trained point without <see cref="Local"/>, against whoever does not know the seed. The losses that progress shows and figures of validation
/// are not, nor what a model reads besides its batch, such as a graph of all users. Defenses compose inside: <c>dp.Of(defense.Harden(objective))</c>.
/// </remarks>
public sealed record DpSgd(float Clip, float Noise, float ExpectedBatch)
{
    /// <summary>
    /// Variables whose rows stay with their users, such as the user rows of a factorization: they are not published, so that their gradient is neither counted nor
    /// clipped nor noised, and the guarantee is that everybody else's rows and all of the rest say little about a user.
    /// </summary>
    public IReadOnlyList<Variable> Local { get; init; } = [];

    /// <summary>The objective whose gradient is g. Its value is the sum of the users' losses.</summary>
    /// <param name="objective">The loss of one user's examples.</param>
    /// <exception cref="ArgumentException">When it is evaluated: C, σ or B make no sense, or there is noise without a source of randomness.</exception>
    public Objective<UserBatch<TBatch>> Of<TBatch>(Objective<TBatch> objective) where TBatch : IBatch => (batch, rng) => at =>
    {
        if (!(Clip > 0 && Noise >= 0 && ExpectedBatch > 0 && (Noise == 0 || float.IsFinite(Clip))))
            throw new ArgumentException($"{this}: give C > 0, σ ≥ 0 and B > 0, with C finite where there is noise.");
        var (here, sum, loss) = (at.Fixed(), new MoveSum(at), 0f);
        for (var n = 0; n < batch.Count; n++)
        {
            using var scope = Scope.Open();                  // the memory of one user
            var (value, gradient) = Grad.Of(objective(batch[n], rng?.Fork(n)), here);
            Add(gradient, sum);
            loss += value.Sum().Item();
        }
        AddNoise(at, sum, rng);
        return Grad.Given(at, loss, sum.Total * (1 / ExpectedBatch));
    };

    /// <summary>One user's part of the sum: at most C long, whatever the user did.</summary>
    private void Add(Move gradient, MoveSum sum)
    {
        Move shared = new([.. gradient.Variables.ToArray().Where(variable => !Local.Contains(variable)).Select(variable => (variable, gradient[variable]))]);
        var norm = shared.Norm;
        if (!double.IsFinite(norm)) return;
        var scale = (float)Math.Min(1, Clip / norm);
        foreach (var variable in gradient.Variables) sum.Add(variable, gradient[variable], Local.Contains(variable) ? 1 : scale);
    }

    private void AddNoise(Point at, MoveSum sum, Rng? rng)
    {
        if (Noise == 0) return;
        var noise = rng?.Fork("noise") ?? throw new ArgumentException("Noise needs a source of randomness; without one there is no privacy.");
        foreach (var variable in at.Variables)
        {
            if (variable.IsGiven || Local.Contains(variable)) continue;
            using var scope = Scope.Open();
            sum.Add(variable, Tensor.Gaussian(at[variable].Shape, Noise * Clip, noise.Fork(variable.Name)));
        }
    }
}
