using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Training;

/// <summary>The examples of each user apart from those of all others.</summary>
/// <param name="Count">Users with anything to learn from.</param>
/// <param name="Create">An empty batch.</param>
/// <param name="Fill">Fills a batch with the examples of the n-th user at a step; it draws from the given stream alone.</param>
public sealed record UserExamples<TBatch>(int Count, Func<TBatch> Create, Action<TBatch, int, long, Rng> Fill) where TBatch : IBatch;

/// <summary>The examples of users for the batches there are.</summary>
public static class UserExamples
{
    /// <summary>What each user touched.</summary>
    public static UserExamples<BagBatch> Bags(Interactions train)
    {
        var (users, histories) = (Active(train), train.ByUser);
        return new(users.Length, static () => new(), (batch, n, step, _) => batch.Fill(histories, [users[n]], train.ItemCount, step));
    }

    /// <summary>Each pair of a user beside an item drawn for it, every untouched one alike: popularity would tell of other users.</summary>
    public static UserExamples<Triples> Triples(Interactions train)
    {
        var (users, histories, sampler) = (Active(train), train.ByUser, new NegativeSampler(train, NegativeSampling.Uniform));
        return new(users.Length, static () => new(), (batch, n, _, rng) =>
        {
            var user = users[n];
            var items = histories.Items(user);
            batch.Users.Refill(items.Length).Fill(user);
            items.CopyTo(batch.Positives.Refill(items.Length));
            foreach (ref var negative in batch.Negatives.Refill(items.Length)) negative = sampler.Draw(user, rng);
        });
    }

    /// <summary>Each input is a user of its own.</summary>
    public static UserExamples<InputBatch> Inputs(LabeledInputs inputs) => new(inputs.Count, static () => new(), (batch, n, step, _) =>
    {
        batch.Fill(inputs, [n]);
        batch.Step = step;
    });

    private static int[] Active(Interactions train) => [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0)];
}
