using System.Globalization;
using Bulwark.Attacks.Poisoning;
using Bulwark.Data;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>Ratings with the targets, and the items that select the victims, of the AUSH and Leg-UP papers (XMUDM/ShillingAttack).</summary>
/// <param name="Name">ml100k or filmTrust.</param>
/// <param name="Train">Training ratings.</param>
/// <param name="Test">Test ratings; the vocabularies are those of <paramref name="Train"/>.</param>
/// <param name="Selected">For each target, the items of its segment.</param>
internal sealed record ShillingData(string Name, Interactions Train, Interactions Test, IReadOnlyList<(int Target, int[] Selected)> Selected)
{
    /// <summary>Fake accounts, and their items beside the targets, as published.</summary>
    public const int Accounts = 50, Fillers = 36;
    private const float Liked = 4;

    public static ShillingData Read(Arguments options, string name)
    {
        var folder = Path.Combine(DataFolder.Find(options, "shilling"), name);
        var (users, items) = (new Vocabulary(), new Vocabulary());
        var (train, test) = (Ratings("train"), Ratings("test"));                                  // before the vocabularies are frozen
        var (learned, held) = (train.Build(), test.Build());
        var selected = File.ReadLines(Path.Combine(folder, $"{name}_selected_items")).Select(line => line.Split('\t')).Select(fields =>
            (Index(fields[0]), fields[1].Split(',').Select(Index).ToArray())).ToArray();
        return new(name, learned, held, selected);

        int Index(string id) => items.TryGet(id, out var index) ? index : throw new InvalidDataException($"{folder}: item {id} has no rating.");
        InteractionsBuilder Ratings(string part)
        {
            var builder = new InteractionsBuilder(users, items, hasValues: true);
            foreach (var line in File.ReadLines(Path.Combine(folder, $"{name}_{part}.dat")))
            {
                var fields = line.Split('\t');
                builder.Add(fields[0], fields[1], float.Parse(fields[2], CultureInfo.InvariantCulture));
            }
            return builder;
        }
    }

    /// <summary>The first of the published targets that fewer than a tenth of the users have: what needs no push is no target.</summary>
    public IReadOnlyList<int> Targets(int count)
    {
        var counts = Train.ItemCounts();
        return [.. Selected.Select(pair => pair.Target).Where(target => counts[target] < Train.UserCount / 10).Take(count)];
    }

    /// <summary>The items of these targets' segments.</summary>
    public int[] Segment(IEnumerable<int> targets) => [.. Selected.Where(pair => targets.Contains(pair.Target)).SelectMany(pair => pair.Selected).Distinct()];

    /// <summary>What models of rankings learn from: ratings of at least four.</summary>
    public static Interactions Likes(Interactions ratings) => ratings.Select([.. Enumerable.Range(0, ratings.Count).Where(row => ratings.Value[row] >= Liked)]);

    /// <summary>Every attack, by name; the last is by someone who knows the detectors.</summary>
    public IReadOnlyList<(string Name, IPoison Attack)> Attacks(IReadOnlyList<int> targets) =>
    [
        ("random", ProfileTemplate.Random), ("average", ProfileTemplate.Average), ("bandwagon", ProfileTemplate.Bandwagon(Fillers / 10)),
        ("segment", ProfileTemplate.Segment(Segment(targets))), ("love-hate", ProfileTemplate.LoveHate), ("pga", SurrogatePoison.Pga),
        ("bilevel", SurrogatePoison.Bilevel), ("aush", new Aush(Segment(targets))), ("leg-up", new LegUp()), ("adaptive", new CopiedProfiles()),
    ];

    /// <summary>
    /// Real users' profiles with their ratings, of many lengths, and each target rated the highest, one step less or two, as chance has it: nothing about a
    /// single profile is odd, and the targets' ratings are less alike. Two in three still praise.
    /// </summary>
    private sealed class CopiedProfiles : IPoison
    {
        public Interactions Poison(Interactions train, Budget budget, Rng rng)
        {
            var (builder, scale) = (InteractionsBuilder.From(train), RatingScale.Of(train.Value));
            int[] models = [.. Enumerable.Range(0, train.UserCount).Where(user => train.ByUser.Rows(user).Length >= budget.Others)];
            for (var account = 0; account < budget.Accounts; account++)
            {
                var own = rng.Fork(account);
                var user = builder.Users.GetOrAdd($"fake-{account + 1}");
                int[] rows = [.. train.ByUser.Rows(models[own.Next(models.Length)]).ToArray().Where(row => !budget.Targets.Contains(train.Item[row]))];
                own.Shuffle<int>(rows);
                foreach (var row in rows.Take(own.Next(budget.Others / 2 + 1) + budget.Others / 2)) builder.Add(user, train.Item[row], train.Value[row]);
                foreach (var target in budget.Targets) builder.Add(user, target, scale.High - own.Next(3) * scale.Step);
            }
            return builder.Build();
        }
    }
}
