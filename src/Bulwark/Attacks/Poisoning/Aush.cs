using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Attacks.Poisoning;

/// <summary>
/// AUSH (Lin et al. 2020): a profile is a real user's, cut down to fillers, on which a generator puts ratings of selected items, and the targets. The
/// generator learns three things at once: to pass a discriminator of real profiles, to give the selected items what the template's user gave them (some of
/// the items not rated stay so), and to rate them high. Every step of the generator is checked to have a gradient. Where the data have no
/// ratings, the selected items that it rates at all are clicked.
/// </summary>
/// <param name="Selected">Items that link the targets to their victims; those of a segment.</param>
/// <param name="Steps">Steps of the generator, each after one of the discriminator.</param>
/// <param name="Batch">Templates in a step.</param>
/// <param name="Rate">The learning rate of both.</param>
/// <param name="KeptZeros">The share of a template's selected items without a rating that the generator is to leave so in a step.</param>
public sealed record Aush(IReadOnlyList<int> Selected, int Steps = 300, int Batch = 64, float Rate = 0.001f, float KeptZeros = 0.5f) : IPoison
{
    /// <inheritdoc/>
    /// <exception cref="VanishedGradientException">The generator's loss gave it no gradient.</exception>
    public Interactions Poison(Interactions train, Budget budget, Rng rng)
    {
        budget.Check(train.ItemCount);
        int[] selected = [.. Selected.Except(budget.Targets).Distinct().Take(budget.Others)];
        if (selected.Length == 0) throw new ArgumentException("AUSH needs selected items beside the targets; name some, and allow actions for them.");
        var ratings = Ratings.Of(train);
        var templates = new ProfileTemplates(train, ratings, budget, selected);
        var net = new AushNet(train.ItemCount, selected, templates.Levels);
        var trained = Train(net, templates, rng.Fork("training"));

        using var scope = Scope.Open();
        var dice = rng.Fork("templates");
        var users = new int[budget.Accounts];
        foreach (ref var user in users.AsSpan()) user = templates.Users[dice.Next(templates.Users.Length)];
        var given = budget.Accounts > 0 ? net.Generate(trained, templates.Draw(users, KeptZeros, rng.Fork("fillers")).Fillers).Values : [];
        var profiles = templates.Profiles(users, given, rng.Fork("fillers"));
        return FakeAccounts.Append(train, budget, profiles, ratings is not null, rng.Fork("times"));
    }

    private Point Train(AushNet net, ProfileTemplates templates, Rng rng)
    {
        var generator = new Optimizer(net.StartGenerator(rng.Fork("generator")), new Adam(Rate));
        var discriminator = new Optimizer(net.StartDiscriminator(rng.Fork("discriminator")), new Adam(Rate));
        var users = new int[Batch];
        for (var step = 0; step < Steps; step++)
        {
            using var scope = Scope.Open();
            var dice = rng.Fork(step);
            foreach (ref var user in users.AsSpan()) user = templates.Users[dice.Next(templates.Users.Length)];
            var batch = templates.Draw(users, KeptZeros, dice.Fork("fillers"));
            discriminator.Step(Grad.Of(net.DiscriminatorLoss(batch, generator.At), discriminator.At).Move);
            generator.Step(Alive(Grad.Of(net.GeneratorLoss(batch, discriminator.At), generator.At).Move, step));
        }
        return generator.At.Keep();
    }

    /// <summary>Public ports of this attack cut the generator off from its own loss and train nothing.</summary>
    internal static Move Alive(Move gradient, int step)
    {
        var square = 0.0;
        foreach (var variable in gradient.Variables) square += (gradient[variable] * gradient[variable]).Sum().Item();
        if (square > 0) return gradient;
        throw new VanishedGradientException($"In step {step + 1} the generator's loss gave it no gradient, so that it cannot learn; check what its output passes through.");
    }
}
