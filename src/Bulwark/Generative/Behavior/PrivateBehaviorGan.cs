using Bulwark.Data;
using Bulwark.Defenses.Privacy;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Generative.Behavior;

/// <summary>
/// A <see cref="BehaviorGan"/> that gives little away about any one user. Three things read people, and their (ε, δ) add up: a histogram of how much users
/// touch and the items' popularity, each a sum with noise, and the steps of the autoencoder, of the critic and of the generator, all by <see cref="DpSgd"/>
/// on users drawn anew for each batch. Critic and generator step on one batch: two Gaussian mechanisms of noise √2 σ on one sample are one of noise σ, and are
/// counted as that.
/// </summary>
/// <remarks>
/// Protected is what is generated, against whoever does not know the seed. What is measured during the game and after it reads real people, and is not.
/// </remarks>
public sealed class PrivateBehaviorGan
{
    private const double LengthShare = 0.05, PopularityShare = 0.25;
    private const float Growth = 1.25f;                      // of the histogram's bins
    private const int Scale = 100;                           // counts are whole: so many for one unit of popularity
    private readonly Interactions _train;
    private readonly BehaviorGanOptions _options;
    private readonly float _clip;
    private readonly int[] _users;

    /// <summary>For these users; the list of items is taken to be public.</summary>
    /// <param name="train">Who is learned from.</param>
    /// <param name="options">How; its batch is how many users a step draws on average.</param>
    /// <param name="epsilon">ε in all.</param>
    /// <param name="delta">δ in all.</param>
    /// <param name="clip">C, the largest norm of one user's gradient.</param>
    /// <exception cref="ArgumentException">No noise is enough, or there is no step to take.</exception>
    public PrivateBehaviorGan(Interactions train, BehaviorGanOptions options, double epsilon, double delta, float clip = 1)
    {
        (_train, _options, _clip, Delta) = (train, options, clip, delta);
        _users = [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Items(user).Length > 0)];
        var share = Math.Min(1, (double)options.Batch / _users.Length);
        var steps = (options.Before + options.Epochs) * (long)Math.Max(1, (int)Math.Round(1 / share));
        Lengths = RenyiAccountant.For(epsilon * LengthShare, delta / 3, 1, 1);
        Popularity = RenyiAccountant.For(epsilon * PopularityShare, delta / 3, 1, 1);
        Steps = RenyiAccountant.For(epsilon * (1 - LengthShare - PopularityShare), delta / 3, share, steps);
    }

    /// <summary>Of the histogram of lengths: one release, to which a user adds 1.</summary>
    public RenyiAccountant Lengths { get; }

    /// <summary>Of the items' popularity: one release, to which a user adds a vector of length 1.</summary>
    public RenyiAccountant Popularity { get; }

    /// <summary>Of the steps.</summary>
    public RenyiAccountant Steps { get; }

    /// <summary>δ in all.</summary>
    public double Delta { get; }

    /// <summary>What all three give away in sum: ε at δ.</summary>
    public double Epsilon => new[] { Lengths, Popularity, Steps }.Sum(part => part.Epsilon(Delta / 3));

    /// <summary>Counts, trains the autoencoder, plays the game, and makes up so many users. Equal arguments give equal bits.</summary>
    /// <param name="count">How many.</param>
    /// <param name="rng">Chance; the noise is part of it.</param>
    /// <param name="progress">Hears how far it is.</param>
    /// <param name="cancel">Stops it.</param>
    public (Interactions Made, GameResult Game) Generate(
        int count, Rng rng, IProgress<TrainingProgress>? progress = null, CancellationToken cancel = default)
    {
        var gan = new BehaviorGan(_train, _options, popularity: NoisyPopularity(rng.Fork("popularity")));
        var (critic, generator) = gan.Start(rng);
        var source = new PoissonSource<BagBatch>(UserExamples.Bags(_train), Steps.Share, rng.Fork("batches"));
        var examples = ProfileConditions.Of(_train.ItemCount, _options.MostKnown, rng.Fork("known"));
        var game = gan.On(examples);
        var warm = new WarmGame<UserBatch<BagBatch>>(
            "autoencoder", source, Private(1, critic).Of(gan.Alone(examples)),
            new(Private(MathF.Sqrt(2), generator).Of(game.Critic), Private(MathF.Sqrt(2), critic).Of(game.Generator)),
            _options.Before, _options.Epochs, _options.Rate);
        var result = warm.Play(critic, generator, rng, gan.Measure, progress, cancel);
        var lengths = DrawnLengths(count, rng.Fork("lengths"));
        return (gan.Sampler(result.Generator).Generate(lengths, _train.Items, rng.Fork("users")), result);
    }

    /// <summary>Of one player: the other's gradient is discarded, and so neither counted nor clipped.</summary>
    private DpSgd Private(float factor, Point other) =>
        new(_clip, (float)Steps.Noise * factor, (float)(Steps.Share * _users.Length)) { Local = other.Variables.ToArray() };

    /// <summary>Σ_u x_u / ‖x_u‖ + N(0, σ² I), x_u the bag of a user, what is below 0 as 0: (items), in hundredths.</summary>
    private int[] NoisyPopularity(Rng rng)
    {
        var sums = new double[_train.ItemCount];
        foreach (var user in _users)
        {
            var items = _train.ByUser.SortedItems(user);
            foreach (var item in items) sums[item] += 1 / Math.Sqrt(items.Length);
        }
        return [.. sums.Select(sum => (int)(Scale * Math.Max(0, sum + Popularity.Noise * rng.NextGaussian())))];
    }

    /// <summary>Of users of a histogram with N(0, σ²) added to each bin, whose bounds grow by a quarter; all alike within a bin.</summary>
    private int[] DrawnLengths(int count, Rng rng)
    {
        var bounds = new List<int> { 1 };
        while (bounds[^1] <= _train.ItemCount) bounds.Add(Math.Max(bounds[^1] + 1, (int)(bounds[^1] * Growth)));
        bounds[^1] = _train.ItemCount + 1;
        var counts = new double[bounds.Count - 1];
        foreach (var user in _users) counts[bounds.FindLastIndex(bound => bound <= _train.ByUser.SortedItems(user).Length)]++;
        for (var bin = 0; bin < counts.Length; bin++) counts[bin] = Math.Max(0, counts[bin] + Lengths.Noise * rng.NextGaussian());
        var all = counts.Sum();
        return [.. Enumerable.Range(0, count).Select(_ => Draw())];

        int Draw()
        {
            var (place, bin) = (rng.NextDouble() * all, 0);
            while (bin < counts.Length - 1 && place >= counts[bin]) place -= counts[bin++];
            return bounds[bin] + rng.Next(bounds[bin + 1] - bounds[bin]);
        }
    }
}
