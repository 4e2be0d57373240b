using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Tests.Data.Shop;

public class GeneratedShopTests
{
    private static readonly Bulwark.Data.Shop Default = GeneratedShop.Create(new(), 1);
    private static readonly ShopOptions Small = new(Shoppers: 300, Products: 200);

    [Fact]
    public void It_depends_on_the_options_and_the_seed_alone()
    {
        var (first, second) = (GeneratedShop.Create(Small, 5), GeneratedShop.Create(Small, 5));

        Assert.Equal(first.Dataset.Interactions.Hash, second.Dataset.Interactions.Hash);
        foreach (var column in first.Dataset.Items!.Columns)
        {
            Assert.Equal<IEnumerable<string?>>(column.Texts.ToArray(), second.Dataset.Items![column.Name].Texts.ToArray());
            Assert.Equal(column.Numbers.ToArray(), second.Dataset.Items[column.Name].Numbers.ToArray());
        }
        Assert.NotEqual(first.Dataset.Interactions.Hash, GeneratedShop.Create(Small, 6).Dataset.Interactions.Hash);
    }

    public static TheoryData<ShopOptions> Changes =>
    [
        Small with { Shoppers = 301 }, Small with { Products = 201 }, Small with { EventsPerShopper = 60 }, Small with { Categories = 5 },
        Small with { Brands = 7 }, Small with { Noise = 0.5 }, Small with { DriftPerMonth = 0.5 }, Small with { FraudAccounts = 4 },
        Small with { FraudAccounts = 4, FraudTargets = 1 }, Small with { FraudAccounts = 4, FraudDay = 5 }, Small with { FraudAccounts = 4, FraudDays = 3 },
        Small with { TasteShift = 1 },
    ];

    [Theory]
    [MemberData(nameof(Changes), DisableDiscoveryEnumeration = true)]
    public void Every_option_changes_the_events(ShopOptions changed)
    {
        var before = changed is { FraudAccounts: 4 } and not { FraudTargets: 3, FraudDay: null, FraudDays: 14 } ? Small with { FraudAccounts = 4 } : Small;

        Assert.NotEqual(GeneratedShop.Create(before, 5).Dataset.Interactions.Hash, GeneratedShop.Create(changed, 5).Dataset.Interactions.Hash);
    }

    [Fact]
    public void The_default_shop_has_the_promised_size_and_shape()
    {
        var profile = DatasetProfile.Of(Default.Dataset);

        Assert.Equal((2000, 1000), (profile.Users, profile.Items));
        Assert.InRange(profile.Activity.Mean, 36, 44);
        Assert.True(profile.Activity.Mean > 1.2 * profile.Activity.Median, "the tail of activity is heavy");
        Assert.InRange(profile.PopularityGini, 0.4, 0.7);
        Assert.InRange((profile.Last!.Value - profile.First!.Value).TotalDays, 175, 183);
        var kinds = profile.Kinds;
        Assert.True(kinds[EventKind.View] > kinds[EventKind.Cart] && kinds[EventKind.Cart] > kinds[EventKind.Buy]);
        Assert.True(kinds[EventKind.Buy] > kinds[EventKind.Rate]);
        Assert.Equal([1f, 2, 3, 4, 5], profile.Values.Select(bar => bar.From));
    }

    [Fact]
    public void Each_event_follows_the_one_before_it()
    {
        var data = Default.Dataset.Interactions;
        var last = new Dictionary<(int, int), (EventKind Kind, long Time)>();
        for (var row = 0; row < data.Count; row++)
        {
            if (row > 0) Assert.True(data.Time[row] >= data.Time[row - 1]);
            var pair = (data.User[row], data.Item[row]);
            if (data.Kind[row] == EventKind.View) Assert.False(last.ContainsKey(pair));
            else Assert.True(last[pair].Kind == data.Kind[row] - 1 && last[pair].Time < data.Time[row]);
            last[pair] = (data.Kind[row], data.Time[row]);
            if (data.Kind[row] != EventKind.Rate) Assert.Equal(1, data.Value[row]);
        }
    }

    [Fact]
    public void The_oracle_ranks_future_items_far_better_than_neighbors_those_better_than_popularity_and_that_better_than_chance()
    {
        var split = Splits.ByTime(Default.Dataset.Interactions, 0.8);
        var train = split.Train.DistinctPairs();
        var counts = Array.ConvertAll(train.ItemCounts(), count => (float)count);
        var rng = new Rng(1);
        var chance = MeanRank(split, (_, scores) =>
        {
            foreach (ref var score in scores) score = rng.NextSingle();
        });
        var popularity = MeanRank(split, (_, scores) => counts.CopyTo(scores));
        var similar = Cosines(train, counts);
        var neighbors = MeanRank(split, (user, scores) =>
        {
            scores.Clear();
            foreach (var item in train.ByUser.SortedItems(user))
                for (var other = 0; other < scores.Length; other++) scores[other] += similar[item][other];
        });
        var oracle = MeanRank(split, Default.Oracle.Score);

        // Measured: 145, 227, 278, 485 of 1,000.
        Assert.True(oracle < 0.75 * neighbors, $"oracle {oracle}, neighbors {neighbors}");
        Assert.True(neighbors < 0.9 * popularity, $"neighbors {neighbors}, popularity {popularity}");
        Assert.True(popularity < 0.7 * chance, $"popularity {popularity}, chance {chance}");
    }

    [Theory]
    [InlineData(1.0)]
    [InlineData(0.0)]
    public void Tastes_drift_towards_what_the_oracle_knows(double drift)
    {
        var shop = GeneratedShop.Create(new(Shoppers: 300, Products: 1000, DriftPerMonth: drift, Noise: 0), 2);
        var visits = shop.Dataset.Interactions.OfKind(EventKind.View);
        var scores = new float[visits.ItemCount];
        var (early, late) = (new List<double>(), new List<double>());
        for (var user = 0; user < visits.UserCount; user++)
        {
            shop.Oracle.Score(user, scores);
            var rows = visits.ByUser.Rows(user);
            for (var at = 0; at < rows.Length; at++)
            {
                var own = scores[visits.Item[rows[at]]];
                var better = scores.Count(score => score > own) / (double)(scores.Length - at);      // share of the products not visited yet
                if (rows[at] < visits.Count / 4) early.Add(better);
                if (rows[at] >= visits.Count * 3 / 4) late.Add(better);
                scores[visits.Item[rows[at]]] = float.NegativeInfinity;
            }
        }

        // Five seeds: late / early is 0.74 to 0.79 with drift. Without, favorites are visited first and it is 1.1 to 1.4.
        var ratio = late.Average() / early.Average();
        Assert.True(drift > 0 ? ratio < 0.87 : ratio > 1, $"late over early is {ratio}");
    }

    [Fact]
    public void Products_and_shoppers_are_described()
    {
        var (items, users) = (Default.Dataset.Items!, Default.Dataset.Users!);

        Assert.Equal(["category", "brand", "price", "title", "description", "title_zh", "description_zh"], items.Columns.Select(column => column.Name));
        Assert.Equal((1000, 2000), (items.Count, users.Count));
        Assert.Equal(12, items["category"].Texts.ToArray().Distinct().Count());
        Assert.All(items["price"].Numbers.ToArray(), price => Assert.InRange(price, 0.99f, 2000));
        Assert.All(items["description_zh"].Texts.ToArray(), text => Assert.Contains(text!, c => c is >= '一' and <= '鿿'));
        Assert.All(users["age"].Numbers.ToArray(), age => Assert.InRange(age, 16, 90));
        Assert.Equal(5, users["segment"].Texts.ToArray().Distinct().Count());
    }

    /// <summary>Sound and frames follow from category and style alike: of one category, what sounds alike looks alike.</summary>
    [Fact]
    public void Media_share_a_cause_with_each_other()
    {
        var (media, again) = (Default.Media, GeneratedShop.Create(new(), 1).Media);
        Assert.Equal((1000, 8 * 8 * 3, 16, 24), (media.Pictures.Count, media.Pictures.Input.Count, media.Sounds.Input.Count, media.Frames.Input.Count));
        for (var item = 0; item < 1000; item++)
        {
            Assert.Equal(media.Pictures[item].ToArray(), again.Pictures[item].ToArray());
            Assert.All(media.Pictures[item].ToArray(), value => Assert.InRange(value, 0, 1));
        }
        Assert.NotEqual(media.Sounds[0].ToArray(), GeneratedShop.Create(new(), 2).Media.Sounds[0].ToArray());

        // Rank correlation over pairs of one category: of two pairs, the one nearer in sound is nearer in frames in more than 70 of 100 cases.
        int[] tea = [.. Enumerable.Range(0, 1000).Where(item => item % 12 == 11)];
        var pairs = tea.SelectMany(a => tea.Where(b => b > a).Select(b => (Sound: Far(media.Sounds, a, b), Frames: Far(media.Frames, a, b)))).ToArray();
        var agree = Enumerable.Range(0, pairs.Length / 2).Count(i => pairs[i].Sound < pairs[^(i + 1)].Sound == pairs[i].Frames < pairs[^(i + 1)].Frames);
        Assert.True(agree > 0.7 * (pairs.Length / 2), $"{agree} of {pairs.Length / 2}");

        static double Far(LabeledInputs from, int a, int b) => from[a].ToArray().Zip(from[b].ToArray(), (x, y) => (x - y) * (x - y)).Sum();
    }

    [Fact]
    public void A_ring_pushes_its_targets_and_leaves_honest_shoppers_alone()
    {
        var honest = GeneratedShop.Create(Small, 3);
        var ringed = GeneratedShop.Create(Small with { FraudAccounts = 20, FraudTargets = 2 }, 3);
        var data = ringed.Dataset.Interactions;

        Assert.DoesNotContain(true, honest.IsFraud);
        Assert.Empty(honest.FraudTargets);
        Assert.Equal(20, ringed.IsFraud.Count(label => label));
        var rows = Enumerable.Range(0, data.Count).Where(row => !ringed.IsFraud[data.User[row]]).ToArray();
        Assert.Equal(honest.Dataset.Interactions.Hash, data.Select(rows).Hash);

        Assert.Equal(2, ringed.FraudTargets.Count);
        foreach (var target in ringed.FraudTargets)
        {
            var stars = Enumerable.Range(0, data.Count)
                .Where(row => data.Item[row] == target && data.Kind[row] == EventKind.Rate && ringed.IsFraud[data.User[row]]).ToArray();
            Assert.Equal(20, stars.Length);
            Assert.All(stars, row => Assert.Equal(5, data.Value[row]));
            Assert.InRange(data.Time[stars[^1]] - data.Time[stars[0]], 1, 14 * 86_400);
        }
    }

    [Fact]
    public void Tiny_shops_work()
    {
        var shop = GeneratedShop.Create(new(Shoppers: 1, Products: 2, Categories: 30, Brands: 1, FraudAccounts: 2, FraudTargets: 9), 1);

        Assert.True(shop.Dataset.Interactions.Count > 0);
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneratedShop.Create(new(Shoppers: 0), 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneratedShop.Create(new(Noise: double.NaN), 1));
    }

    private delegate void Scores(int user, Span<float> scores);

    /// <summary>Mean rank of the test items among those that training has not; ties count against.</summary>
    private static double MeanRank(Split split, Scores model)
    {
        var scores = new float[split.Train.ItemCount];
        var sum = 0L;
        for (var row = 0; row < split.Test.Count; row++)
        {
            model(split.Test.User[row], scores);
            var own = scores[split.Test.Item[row]];
            foreach (var seen in split.Train.ByUser.SortedItems(split.Test.User[row])) scores[seen] = float.NegativeInfinity;
            foreach (var score in scores) sum += score >= own ? 1 : 0;
        }
        return sum / (double)split.Test.Count;
    }

    /// <summary>Cosines between the columns of the binary matrix, shrunk by 20.</summary>
    private static float[][] Cosines(Interactions train, float[] counts)
    {
        var similar = counts.Select(_ => new float[counts.Length]).ToArray();
        for (var user = 0; user < train.UserCount; user++)
            foreach (var a in train.ByUser.SortedItems(user))
                foreach (var b in train.ByUser.SortedItems(user))
                    if (a != b) similar[a][b]++;
        for (var a = 0; a < counts.Length; a++)
            for (var b = 0; b < counts.Length; b++) similar[a][b] /= MathF.Sqrt((counts[a] + 20) * (counts[b] + 20));
        return similar;
    }

    [Fact]
    public void A_jump_of_taste_changes_nothing_before_the_middle_and_visits_after_it()
    {
        Assert.Equal(Visits(Small, first: true), Visits(Small with { TasteShift = 2 }, first: true));
        Assert.NotEqual(Visits(Small, first: false), Visits(Small with { TasteShift = 2 }, first: false));

        static string Visits(ShopOptions options, bool first)
        {
            var visits = GeneratedShop.Create(options, 3).Dataset.Interactions.OfKind(EventKind.View);
            return visits.Select([.. Enumerable.Range(0, visits.Count).Where(row => visits.Time[row] < 1_704_067_200 + 91 * 86_400 == first)]).Hash;
        }
    }

    [Fact]
    public void A_ring_pushes_on_the_days_it_is_told()
    {
        var shop = GeneratedShop.Create(Small with { FraudAccounts = 20, FraudDay = 140, FraudDays = 7 }, 3);
        var bought = shop.Dataset.Interactions.OfKind(EventKind.Buy);
        double[] days = [.. Enumerable.Range(0, bought.Count).Where(row => shop.IsFraud[bought.User[row]])
            .Select(row => (bought.Time[row] - 1_704_067_200) / 86_400.0)];

        Assert.Equal(60, days.Length);
        Assert.All(days, day => Assert.InRange(day, 140, 147.001));
        Assert.Throws<ArgumentOutOfRangeException>(() => GeneratedShop.Create(Small with { FraudDay = 176, FraudDays = 7 }, 3));
    }
}
