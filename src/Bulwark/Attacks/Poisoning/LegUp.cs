using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Attacks.Poisoning;

/// <summary>
/// Leg-UP (Lin et al. 2022): a generator gives the fillers of real users' profiles other ratings, made whole by thresholds that it learns. It is to pass a
/// discriminator of real profiles and, at once, to bring the targets to the top of the lists of a surrogate that is trained on real and generated profiles
/// together: the gradient passes through the last epoch of that training. Every step of the generator is checked to have a gradient, and the profiles of the best
/// round are kept. Where the data have no ratings, the generator decides which fillers are clicked.
/// </summary>
/// <param name="Rounds">How often the surrogate is trained anew.</param>
/// <param name="Steps">Steps of the generator in a round, each after one of the discriminator.</param>
/// <param name="Epochs">The surrogate's epochs, of which the last is unrolled.</param>
/// <param name="Rate">The learning rate of generator and discriminator.</param>
public sealed record LegUp(int Rounds = 5, int Steps = 20, int Epochs = 50, float Rate = 0.001f) : IPoison
{
    /// <inheritdoc/>
    /// <exception cref="VanishedGradientException">The generator's loss gave it no gradient.</exception>
    public Interactions Poison(Interactions train, Budget budget, Rng rng)
    {
        budget.Check(train.ItemCount);
        if (budget.Accounts == 0) return train;
        if (budget.Others == 0) throw new ArgumentException("Leg-UP rates fillers beside the targets; allow actions for them.");
        var ratings = Ratings.Of(train);
        var templates = new ProfileTemplates(train, ratings, budget, []);
        var best = Search(templates, train, budget, rng).MinBy(round => round.Distance).Shares;
        return FakeAccounts.Append(train, budget, templates.Profiles(best), ratings is not null, rng.Fork("times"));
    }

    /// <summary>Each round's profiles, and how far they leave the targets from the top of the surrogate's lists; the first is untrained.</summary>
    internal IReadOnlyList<(float Distance, float[] Shares)> Search(ProfileTemplates templates, Interactions train, Budget budget, Rng rng)
    {
        var (surrogate, net) = (new Surrogate(train, budget, rng), new LegUpNet(train.ItemCount, budget.Targets, templates.Levels));
        var generator = new Optimizer(net.StartGenerator(rng.Fork("generator")), new Adam(Rate));
        var discriminator = new Optimizer(net.Judge.Start(rng.Fork("discriminator")), new Adam(Rate));
        var (dice, users) = (rng.Fork("templates"), new int[budget.Accounts]);
        foreach (ref var user in users.AsSpan()) user = templates.Users[dice.Next(templates.Users.Length)];
        var fillers = Tensor.Of((users.Length, train.ItemCount), templates.Shares(users, rng.Fork("fillers"))).Keep();
        var rounds = new List<(float, float[])>();
        for (var round = 0; round <= Rounds; round++)
        {
            using var scope = Scope.Open();
            var shares = net.Generate(generator.At, fillers);
            var trained = surrogate.Train(net.Clicks(shares), Epochs - 1, rng.Fork("surrogate").Fork(round));
            rounds.Add((surrogate.Distance(trained).Item(), shares.Values.ToArray()));
            for (var step = 0; step < Steps && round < Rounds; step++)
            {
                using var inner = Scope.Open();
                discriminator.Step(Grad.Of(net.Judge.Loss(fillers, net.Generate(generator.At, fillers)), discriminator.At).Move);
                var loss = net.GeneratorLoss(fillers, discriminator.At, clicks => surrogate.DistanceAfter(1)(trained.With(surrogate.Clicks, clicks)));
                generator.Step(Aush.Alive(Grad.Of(loss, generator.At).Move, round * Steps + step));
            }
        }
        return rounds;
    }
}
