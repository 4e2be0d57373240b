using Bulwark.Cli.Models;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Cli.Runs;

/// <summary>A trained model on disk: weights as safetensors, the rest as JSON. Loading executes nothing.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">What reports call it.</param>
/// <param name="Model">The formula; null for one without weights.</param>
/// <param name="At">Its values; null for one without weights.</param>
/// <param name="Train">What each user touched in training, validation included; of a loaded model without values, times and kinds.</param>
/// <param name="Mean">The mean rating, for a model of ratings.</param>
internal sealed record SavedModel(
    ModelKind Kind, string Name, IModel? Model, Point? At, Interactions Train, float Mean)
{
    private const int Version = 2;

    /// <summary>What model.json holds.</summary>
    private sealed record Card(
        int Version, string Kind, string Name, IReadOnlyDictionary<string, string> Settings, float Mean, string? Sha256, IReadOnlyList<string> Users,
        IReadOnlyList<string> Items, int[] HistoryStart, int[] HistoryItems, int Members = 0)
    {
        /// <summary>Ratings or weights, where the model keeps its training data and those had some.</summary>
        public float[]? HistoryValues { get; init; }

        /// <summary>What the model keeps of what is known of items.</summary>
        public CardColumn[]? AboutItems { get; init; }

        /// <summary>What it keeps of what is known of users.</summary>
        public CardColumn[]? AboutUsers { get; init; }

        /// <summary>What it keeps of what is known of events.</summary>
        public EventFact[]? AboutEvents { get; init; }
    }

    /// <summary>User ids in row order.</summary>
    public IReadOnlyList<string> Users => Train.Users.Ids;

    /// <summary>Item ids in row order.</summary>
    public IReadOnlyList<string> Items => Train.Items.Ids;

    /// <summary>What ranks where there is no formula; null for popularity.</summary>
    public IRecommender? Remembering { get; init; }

    /// <summary>What is known of users and items.</summary>
    public Facts Facts { get; init; } = Facts.None;

    /// <summary>What an ensemble is made of; empty for a single model.</summary>
    public IReadOnlyList<SavedModel> Members { get; init; } = [];

    /// <summary>The distinct items of each user.</summary>
    public UserRows Seen { get; } = RankingTask.Rows(Train);

    /// <summary>What ranks.</summary>
    public IRecommender Recommender
    {
        get
        {
            var popularity = new Popularity(Users.Count, Seen.Popularity(Items.Count));
            return Model is null ? Remembering ?? popularity : new PointRecommender(Model, At!, popularity);
        }
    }

    /// <summary>A start for the same kind of model on other data: rows of users and items with the same ids are carried over.</summary>
    /// <exception cref="UsageException">The models do not fit together.</exception>
    public Transfer CarriedOver(Point start, Interactions to)
    {
        var values = At!.Variables.ToArray().ToDictionary(variable => variable.Name, variable => At[variable]);
        try
        {
            return Transfer.Of(start, values, RowsFrom.Shared(to.Users.Ids, Users), RowsFrom.Shared(to.Items.Ids, Items));
        }
        catch (ArgumentException misfit)
        {
            throw new UsageException($"--from cannot be used: {misfit.Message}");
        }
    }

    /// <summary>These values as those of another formula of the same kind and shape, perhaps with other histories.</summary>
    public static Point Over(IModel formula, Point at) =>
        ModelFiles.Fill(formula.Start(new Rng(0)), [.. at.Variables.ToArray().Select(variable => (variable.Name, at[variable]))], "the model");

    /// <summary>Writes both files into a folder.</summary>
    public void Save(string folder, Resolved settings)
    {
        var kept = Kind.Keeps?.Invoke(new(settings, Train, Mean) { Facts = Facts }) ?? Facts.None;
        var given = At ?? (kept.Vectors is { } vectors ? new Point((Facts.Features, vectors)) : null);
        var sha256 = given is { } at ? ModelFiles.WriteWeights(folder, at, Name) : null;
        var shape = SettingsOf.ModelShape.ToDictionary(setting => setting.Key, setting => settings.Origin(setting).Value);
        var start = Train.ByUser.Start.ToArray();
        int[] items = [.. Enumerable.Range(0, Train.UserCount).SelectMany(user => Train.ByUser.Items(user).ToArray())];
        var card = new Card(Version, Kind.Name, Name, shape, Mean, sha256, Users, Items, start, items, Members.Count)
        {
            HistoryValues = Kind.Remembers is null || !Train.HasValues ? null
                : [.. Enumerable.Range(0, Train.UserCount).SelectMany(user => Train.ByUser.Rows(user).ToArray().Select(row => Train.Value[row]))],
            AboutItems = CardColumn.Of(kept.Items, Train.Items),
            AboutUsers = CardColumn.Of(kept.Users, Train.Users),
            AboutEvents = kept.Contexts.Count > 0 ? [.. kept.Contexts] : null,
        };
        kept.Encoder?.WriteShape(EncoderOf(folder));
        for (var m = 0; m < Members.Count; m++) Members[m].Save(MemberOf(folder, m), settings.Of(Members[m].Kind));
        ModelFiles.WriteCard(folder, card);
    }

    /// <summary>Reads both files of a run's model folder.</summary>
    /// <exception cref="InvalidDataException">One of them is missing, cut, or altered; the message names it.</exception>
    public static SavedModel Load(string folder)
    {
        var card = ModelFiles.ReadCard<Card>(folder, card => card.Version == Version, kind => _ = kind.OfInteractions);
        var rest = ModelFiles.CardOf(folder);
        var kind = ModelKinds.Parse(card.Kind);
        var train = Histories(card, rest);
        var settings = new Resolved(SettingsOf.ModelShape, [new($"default of {kind}", kind.Defaults), new(rest, card.Settings)]);
        var making = new Making(settings, train, card.Mean) { Facts = FactsOf(folder, card, kind, train) };
        if (kind.Ensemble is { } ensemble)
        {
            SavedModel[] members = [.. Enumerable.Range(0, card.Members).Select(m => Load(MemberOf(folder, m)))];
            return ensemble.Made(kind, settings, members, card.Sha256 is null ? null : Ensemble.At(ModelFiles.ReadWeights(folder, card.Sha256)), train);
        }
        if (kind.Learning is not { } learning)
            return new(kind, card.Name, null, null, train, card.Mean)
            {
                Remembering = kind.Remembers?.Invoke(making, CancellationToken.None),
                Facts = making.Facts,
            };
        var model = learning.Create(making);
        return new(kind, card.Name, model, ModelFiles.ReadPoint(folder, card.Sha256, model.Start(new Rng(0))), train, card.Mean) { Facts = making.Facts };
    }

    private static Facts FactsOf(string folder, Card card, ModelKind kind, Interactions train)
    {
        if (kind.Keeps is null) return Facts.None;
        try
        {
            var given = card.Sha256 is null || !kind.ScoresNewItems ? [] : ModelFiles.ReadWeights(folder, card.Sha256);
            return new(CardColumn.Table(card.AboutItems, train.Items), CardColumn.Table(card.AboutUsers, train.Users))
            {
                AreSaved = true,
                Contexts = card.AboutEvents ?? [],
                Vectors = given.FirstOrDefault(entry => entry.Name == Facts.Features.Name).Value,
                Pictures = given.FirstOrDefault(entry => entry.Name == Facts.PicturesName).Value,
                Encoder = BertFolder.HasShape(EncoderOf(folder)) ? BertFolder.ReadShape(EncoderOf(folder), model => model.Start(new Rng(0))) : null,
            };
        }
        catch (ArgumentException)
        {
            throw Contradiction(ModelFiles.CardOf(folder));
        }
    }

    private static InvalidDataException Contradiction(string rest) => new($"{rest} contradicts itself: it was altered; restore it or train again.");

    private static string EncoderOf(string folder) => Path.Combine(folder, "encoder");

    private static string MemberOf(string folder, int number) => Path.Combine(folder, "members", $"{number}");

    /// <summary>What training saw, user after user, each in order of time.</summary>
    private static Interactions Histories(Card card, string rest)
    {
        var (start, user) = (card.HistoryStart, new int[card.HistoryItems.Length]);
        try
        {
            if (start.Length == card.Users.Count + 1 && start[0] == 0 && start[^1] == user.Length)
            {
                for (var u = 0; u < card.Users.Count; u++) user.AsSpan(start[u]..start[u + 1]).Fill(u);
                return new(new Vocabulary(card.Users), new Vocabulary(card.Items), user, card.HistoryItems, card.HistoryValues);
            }
        }
        catch (ArgumentException) { }
        throw Contradiction(rest);
    }
}
