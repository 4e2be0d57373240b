using Bulwark.Models;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The losses recommenders are trained with.</summary>
public static class Objectives
{
    /// <summary>L = −Σ ln σ(ŷ(u, i) − ŷ(u, j)): Bayesian personalized ranking (Rendle et al. 2009).</summary>
    public static Objective<Triples> Bpr(IPairModel model) => (batch, rng) => at =>
        -(model.Score(at, batch.Users, batch.Positives, rng) - model.Score(at, batch.Users, batch.Negatives, rng)).LogSigmoid().Sum();
}
