using Bulwark.Data;
using Bulwark.Features;
using Bulwark.Models;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Tests.Models.Fields;

/// <summary>
/// A world where the device decides: at a phone everybody touches items of the first half, at a desk of the second, each as often. Who somebody is
/// says nothing, and neither does how popular an item is.
/// </summary>
public sealed class ContextTests
{
    private const int Users = 60, Half = 20, Each = 6;
    private static readonly Interactions Events = World();
    private static readonly FieldTable Moments = Context(Events);

    public static TheoryData<string> Models => ["machine", "mlp", "deepfm", "wide and deep", "dcn", "two towers", "ratings"];

    /// <summary>
    /// With the context an item of the device's half stands before one of the other, touched or not; without it the scores are those of both devices, and
    /// so as often right as wrong.
    /// </summary>
    [Theory, MemberData(nameof(Models))]
    public void TheContextDecidesAndWithoutItAModelIsAtChance(string name)
    {
        Assert.InRange(Share(name, true), 0.9, 1);
        Assert.InRange(Share(name, false), 0.49, 0.51);
    }

    /// <summary>A recommender ranks at each user's own row: here at their last device.</summary>
    [Fact]
    public void RankingIsAtTheMomentOfTheUsersRow()
    {
        var (model, at) = Fit("deepfm", true);
        var scores = model.ScoreAll(at, new Ids([.. Enumerable.Range(0, Users)])).Values;
        var last = EventContext.LastRows(Events);
        for (var user = 0; user < Users; user++)
        {
            var atPhone = Events.Context[0].Texts[last[user]] == "phone";
            var (first, second) = (scores.Slice(user * 2 * Half, Half).ToArray().Average(), scores.Slice(user * 2 * Half + Half, Half).ToArray().Average());
            Assert.Equal(atPhone, first > second);
        }
        Assert.Contains(true, last.Select(row => Events.Context[0].Texts[row] == "phone"));
        Assert.Contains(false, last.Select(row => Events.Context[0].Texts[row] == "phone"));
    }

    /// <summary>Numbers of users reach the moments too: they are those of the moments' rows, and an attack's variable stays that of the users.</summary>
    [Fact]
    public void NumbersOfMomentsAreTheirRows()
    {
        var users = FieldTable.OfIds("user", 2).Beside(new(2, [], [new("age", new float[] { 1, -1 })]));
        var model = new FieldModel(users, FieldTable.OfIds("item", 3), shape => new DeepFm(shape, new(4, 0, 0.1f, 8)));
        var at = model.Start(new Rng(1));
        Assert.Equal(model.ScoreAll(at, new Ids(1, 0, 1)).Values.ToArray(), model.At(users.Part([1, 0, 1])).ScoreAll(at, new Ids(0, 1, 2)).Values.ToArray());
    }

    /// <summary>How often an item of the device's half stands before one of the other, over users at each device.</summary>
    private static double Share(string name, bool withContext)
    {
        var (model, at) = Fit(name, withContext);
        var (wins, pairs) = (0, 0);
        for (var device = 0; device < 2; device++)
        {
            int[] rows =
            [
                .. Enumerable.Range(0, Users)
                    .Select(user => Enumerable.Range(0, Events.Count).First(row => Events.User[row] == user && Device(row) == device)),
            ];
            var scores = (withContext ? Over(model, Queries(rows)) : model).ScoreAll(at, new Ids([.. Enumerable.Range(0, Users)])).Values;
            for (var user = 0; user < Users; user++)
                for (var first = 0; first < Half; first++)
                    for (var second = Half; second < 2 * Half; second++)
                    {
                        pairs++;
                        if (scores[user * 2 * Half + first] > scores[user * 2 * Half + second] == (device == 0)) wins++;
                    }
        }
        return wins / (double)pairs;
    }

    private static (IPairModel Model, Point At) Fit(string name, bool withContext)
    {
        var ids = FieldTable.OfIds("user", Users);
        var users = withContext ? ids.Beside(Moments.Part(EventContext.LastRows(Events))) : ids;
        var items = FieldTable.OfIds("item", 2 * Half);
        DeepOptions options = new(8, 0, 0.1f, 16);
        IPairModel model = name switch
        {
            "machine" => new FactorizationModel(users, items, 8, 0.1f),
            "two towers" => new TwoTowers(users, items, 8, options),
            _ => new FieldModel(users, items, shape => name switch
            {
                "mlp" or "ratings" => new FieldMlp(shape, options),
                "deepfm" => new DeepFm(shape, options),
                "wide and deep" => new WideAndDeep(shape, options),
                _ => new DcnV2(shape, 2, options),
            }),
        };
        var trained = withContext ? Over(model, Queries([.. Enumerable.Range(0, Events.Count)])) : model;
        var rng = new Rng(3);
        return (model, name switch
        {
            "machine" => Run(model, Objectives.Bpr(trained), new TripleSource(Events, 32, rng, byEvent: withContext)),
            "two towers" => Run(model, Objectives.SampledSoftmax((IRowModel)trained, 1), new ContrastiveSource(Events, 32, 8, rng, withContext)),
            "ratings" => Run(model, Objectives.SquaredError(trained), new RatingSource(Rated(), 32, rng, withContext), 60),
            _ => Run(model, Objectives.LogLoss(trained), new ClickSource(Events, 64, 2, rng, withContext)),
        });
    }

    private static IPairModel Over(IPairModel model, FieldTable moments) => model switch
    {
        FactorizationModel machine => machine.At(moments),
        TwoTowers towers => towers.At(moments),
        _ => ((FieldModel)model).At(moments),
    };

    private static Point Run<TBatch>(IModel model, Objective<TBatch> objective, IBatchSource<TBatch> source, int epochs = 12) where TBatch : IBatch =>
        new Trainer<TBatch>(source, [new("all", epochs, objective)], new() { Rule = new Adam(0.01f), Ahead = false }).Run(model.Start(new Rng(4)), new Rng(5)).At;

    /// <summary>The fields of these events: who, and at which device.</summary>
    private static FieldTable Queries(int[] rows) =>
        FieldTable.OfIds("user", Users).Part([.. rows.Select(row => Events.User[row])]).Beside(Moments.Part(rows));

    private static FieldTable Context(Interactions events) =>
        new(events.Count, [EventContext.Field(events.Context[0], EventContext.Categories(events.Context[0]))], []);

    private static int Device(int row) => Events.Context[0].Texts[row] == "phone" ? 0 : 1;

    /// <summary>At each device a user touches as many items of its half; half of the users come last to a phone.</summary>
    private static Interactions World()
    {
        var (builder, devices, rng) = (new InteractionsBuilder(hasTimes: true), new List<string?>(), new Rng(6));
        for (var item = 0; item < 2 * Half; item++) builder.Items.GetOrAdd($"item{item}");
        for (var user = 0; user < Users; user++)
            for (var turn = 0; turn < 2; turn++)
            {
                var device = (turn + user) % 2;
                int[] half = [.. Enumerable.Range(device * Half, Half)];
                rng.Shuffle<int>(half);
                foreach (var item in half[..Each])
                {
                    builder.Add($"user{user}", $"item{item}", time: devices.Count);
                    devices.Add(device == 0 ? "phone" : "desk");
                }
            }
        return builder.Build().WithContext([new("device", [.. devices])]);
    }

    /// <summary>The same moments with every item: 5 for those of the device's half, 1 for others.</summary>
    private static Interactions Rated()
    {
        var (user, item, value) = (Events.User.ToArray(), Events.Item.ToArray(), new float[Events.Count]);
        for (var row = 0; row < value.Length; row++)
        {
            if (row % 2 == 1) item[row] = (item[row] + Half) % (2 * Half);
            value[row] = item[row] / Half == Device(row) ? 5 : 1;
        }
        return new(Events.Users, Events.Items, user, item, value);
    }
}
