using Bulwark.Data;
using Bulwark.Generative.Behavior;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Made-up ratings of ML-100K: generators learn from two users in three, rate those users' profiles anew, and are compared with the third nobody learned from
/// by Kolmogorov–Smirnov distances. <c>--model</c> is gan, autoencoder (the same without a critic), item (each rating one of the item's), made (the GAN, over
/// made-up profiles), or real: what the people learned from said. The share of ratings that are what their people said shows how much is learned by heart.
/// <c>--profiles others</c> rates the profiles of the third instead, which nobody has seen. <c>--validate</c> compares with a part of the two thirds;
/// <c>--adversarial w</c>, <c>--epochs n</c>, <c>--before n</c>, <c>--unseen share</c>.
/// </summary>
internal static class RatedBehaviorReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var all = DatasetReader.Open(DataFolder.Find(options, "ml-100k")).Interactions;
        foreach (var model in (options.Text("model") ?? "gan,autoencoder,item,made,real").Split(','))
            Thirds.Measure("behavior-rated", model, Settings(options).ToString(), all, options, (train, others, rng) => Measured(model, train, others, options, rng));
        return 0;
    }

    private static RatingGanOptions Settings(Arguments options)
    {
        var usual = new RatingGanOptions();
        return new(options.Int("epochs", usual.Epochs), options.Int("before", usual.Before))
        {
            Adversarial = options.Float("adversarial", usual.Adversarial), Rate = options.Float("rate", usual.Rate), Latent = options.Int("latent", usual.Latent),
            Unseen = options.Float("unseen", usual.Unseen),
        };
    }

    private static IEnumerable<(string Metric, double Value)> Measured(string model, Interactions train, Interactions others, Arguments options, Rng rng)
    {
        var ratings = Ratings.Of(train)!;
        var profiles = model == "made" ? new BehaviorGan(train, new()).Train(rng.Fork("profiles")).Sampler.Generate(Thirds.Active(train), train, rng.Fork("users"))
            : options.Text("profiles") == "others" ? others : train;
        var made = model switch
        {
            "real" => train,
            "item" => RatingSampler.ByItem(ratings).Rate(profiles, rng.Fork("rated")),
            "autoencoder" => new RatingGan(ratings, Settings(options)).TrainAlone(rng).Rate(profiles, rng.Fork("rated")),
            _ => new RatingGan(ratings, Settings(options)).Train(rng).Sampler.Rate(profiles, rng.Fork("rated")),
        };
        var (said, sets) = (RatingQuality.Of(others, made), BehaviorQuality.Of(others, made));
        yield return ("ks ratings", said.Ratings);
        yield return ("ks means of users", said.Users);
        yield return ("ks deviations of users", said.Spread);
        yield return ("ks means of items", said.Items);
        if (model != "made")
            yield return ("as they said themselves", Enumerable.Range(0, made.Count).Count(row => made.Value[row] == profiles.Value[row]) / (double)made.Count);
        yield return ("ks activity", sets.Activity);
        yield return ("ks popularity", sets.Popularity);
    }
}
