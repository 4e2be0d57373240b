using Bulwark.Data;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;

namespace Bulwark.Training;

/// <summary>Settings of <see cref="Stacking"/>.</summary>
/// <param name="Epochs">Passes over the validation interactions.</param>
/// <param name="Negatives">Items not touched that each is compared with.</param>
/// <param name="Rate">Of Adam, down to 0 along half a cosine.</param>
/// <param name="L2">Decay of the weights at each step.</param>
public sealed record StackingOptions(int Epochs = 20, int Negatives = 10, float Rate = 0.02f, float L2 = 0);

/// <summary>Learns the weights of a <see cref="Stack"/> from interactions that its members have not seen.</summary>
public static class Stacking
{
    private const int Block = 64, Batch = 256;

    /// <summary>
    /// argmin −Σ ln σ(w · (x(u, i) − x(u, j))) over held-out interactions (u, i) and drawn items j that u touched neither in training nor here: BPR, and for
    /// so few weights a logistic regression on differences. x are the stack's inputs, s and h s of each member.
    /// </summary>
    /// <param name="members">Trained without <paramref name="held"/>.</param>
    /// <param name="scale">How their scores are brought to one scale.</param>
    /// <param name="train">What they learned from.</param>
    /// <param name="held">What they should have found.</param>
    /// <param name="options">Settings.</param>
    /// <param name="rng">Drives draws and order.</param>
    /// <exception cref="ArgumentException">Nothing is held out, or there are fewer than two items.</exception>
    public static Stack Fit(IReadOnlyList<IRecommender> members, ScoreScale scale, Interactions train, Interactions held, StackingOptions options, Rng rng)
    {
        var start = new Stack(members, scale, train);
        var (weights, examples) = (new Variable("weights"), Differences(start, train, held, options.Negatives, rng.Fork("negatives")));
        Objective<InputBatch> bpr = (batch, _) => at => -batch.Inputs.MatMul(at[weights]).LogSigmoid().Sum();
        var source = new InputSource(examples, Batch, rng.Fork("order"));
        var trainer = new Trainer<InputBatch>(source, [new("stacking", options.Epochs, bpr)], new()
        {
            Rule = new Adam(options.Rate),
            L2 = options.L2,
            Schedule = Schedules.Cosine((long)options.Epochs * source.StepsPerEpoch),
            Ahead = false,
        });
        var at = trainer.Run(new((weights, Tensor.Of((start.InputCount, 1), [.. start.Weights]))), rng).At;
        return new Stack(members, scale, train, at[weights].Values.ToArray());
    }

    /// <summary>x(u, i) − x(u, j) of every held-out interaction and each of the items drawn for it: (held · negatives, inputs).</summary>
    private static LabeledInputs Differences(Stack stack, Interactions train, Interactions held, int negatives, Rng rng)
    {
        if (held.Count == 0) throw new ArgumentException("Nothing is held out to learn the weights from; give more interactions.", nameof(held));
        if (train.ItemCount < 2) throw new ArgumentException("Pairwise training needs at least two items; the data has one.", nameof(train));
        var (sampler, values) = (new NegativeSampler(Both(train, held), NegativeSampling.Uniform), new float[held.Count * negatives * stack.InputCount]);
        int[] users = [.. Enumerable.Range(0, held.UserCount).Where(user => held.ByUser.Items(user).Length > 0)];
        var next = 0;
        foreach (var some in users.Chunk(Block))
        {
            var opinions = stack.Opinions(some);                                                 // (members + 1, users, items)
            for (var n = 0; n < some.Length; n++)
            {
                var (length, draws) = (stack.Length(train.ByUser.Items(some[n]).Length), rng.Fork(some[n]));
                foreach (var item in held.ByUser.Items(some[n]))
                    for (var drawn = 0; drawn < negatives; drawn++)
                    {
                        var other = sampler.Draw(some[n], draws);
                        for (var at = n * train.ItemCount; at < opinions.Length; at += some.Length * train.ItemCount)
                        {
                            var difference = opinions[at + item] - opinions[at + other];
                            (values[next], values[next + 1]) = (difference, difference * length);
                            next += 2;
                        }
                    }
            }
        }
        return new LabeledInputs(stack.InputCount, values, new int[held.Count * negatives]);
    }

    private static Interactions Both(Interactions train, Interactions held) =>
        new(train.Users, train.Items, [.. train.User, .. held.User], [.. train.Item, .. held.Item]);
}
