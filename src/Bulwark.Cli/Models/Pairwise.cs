using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Defenses;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Models;

/// <summary>Models that learn what a user prefers from pairs of items: by BPR, or those that compare rows by the cosine contrastive loss.</summary>
internal static class Pairwise
{
    /// <summary>A model that is learned by BPR, perhaps against hard negatives.</summary>
    /// <param name="create">Makes the formula.</param>
    /// <param name="users">The examples of each user apart, for private training; null where the loss mixes users.</param>
    /// <param name="local">The variables whose rows stay with their users under private training.</param>
    /// <param name="moments">The same formula whose users are the training events, for models that read what is known of events; null for others.</param>
    public static Learning Bpr<TModel>(
        Func<Making, TModel> create, Func<Making, UserExamples<Triples>>? users = null, Func<TModel, IReadOnlyList<Variable>>? local = null,
        Func<TModel, Making, TModel>? moments = null)
        where TModel : IPairModel => Learning.Of(
            create, (_, making, batch, rng) => new TripleSource(
                making.Train, batch, rng, making.Settings.Get(Known.Negatives), making.Settings.Get(Known.Candidates), MomentsOf(moments, making) is not null),
            (model, making) => Goal(MomentsOf(moments, making) is { } at ? at(model, making) : model, making.Train, making.Settings),
            users: users is null ? null : making => Apart(making, users), local: local,
            hardenable: (model, _, plain) => new(plain) { Outputs = Outputs.Preferences(model) });

    /// <summary>The formula over events, where there is something known of them.</summary>
    private static Func<TModel, Making, TModel>? MomentsOf<TModel>(Func<TModel, Making, TModel>? moments, Making making) =>
        FieldFacts.HasContext(making) ? moments : null;

    /// <summary>The loss of pairs, with the goals beside accuracy that the settings ask for.</summary>
    private static Objective<Triples> Goal(IPairModel model, Interactions train, Resolved settings)
    {
        var (power, weight) = ((float)settings.Get(Known.Propensity), (float)settings.Get(Known.Correlation));
        var pairs = power > 0 ? Goals.InversePropensityBpr(model, train.ItemCounts(), power) : Objectives.Bpr(model);
        if (settings.Get(Known.Candidates) > 1) pairs = pairs.OnHardest(model);
        return weight > 0 ? Goals.Sum((pairs, 1), (Goals.PopularityCorrelation(model, train.ItemCounts()), weight)) : pairs;
    }

    private static UserExamples<Triples> Apart(Making making, Func<Making, UserExamples<Triples>> users)
    {
        if (making.Settings.Get(Known.Candidates) > 1)
            throw new UsageException($"Private training draws one item for each touched one; leave {Known.Candidates.Key} at 1.");
        return making.Settings.Get(Known.Propensity) == 0 && making.Settings.Get(Known.Correlation) == 0 ? users(making)
            : throw new UsageException($"Popularity tells of all users at once, whom --privacy protects; leave {Known.Propensity.Key} and {Known.Correlation.Key} at 0.");
    }

    /// <summary>The same, or where the settings ask for it by the cosine contrastive loss of the same rows.</summary>
    public static Learning BprOrContrastive<TModel>(
        string name, Func<Making, TModel> create, Func<Making, UserExamples<Triples>>? users = null, Func<TModel, IReadOnlyList<Variable>>? local = null)
        where TModel : IRowModel
    {
        var (plain, contrastive) = (Bpr(create, users, local), Contrastive(create));
        return Learning.Chosen(making => making.Settings.Get(Known.Loss) switch
        {
            LossKind.Bpr => plain,
            LossKind.Ccl => contrastive,
            _ => throw LossKinds.Misfit(name, making.Settings, LossKind.Bpr, LossKind.Ccl),
        });
    }

    private static Learning Contrastive<TModel>(Func<Making, TModel> create) where TModel : IRowModel => Learning.Of(
        making => new CosineModel(create(making)),
        (_, making, batch, rng) => new ContrastiveSource(making.Train, batch, making.Settings.Get(Known.Drawn), rng),
        (model, making) => Objectives.Contrastive(model, (float)making.Settings.Get(Known.Margin), (float)making.Settings.Get(Known.DrawnWeight)));
}
