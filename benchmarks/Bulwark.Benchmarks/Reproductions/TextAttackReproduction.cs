using System.Diagnostics;
using System.Globalization;
using Bulwark.Attacks.Text;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Features;
using Bulwark.Models.Text;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Sellers who edit the text of an item: where models that read texts put it before and after, for everybody, while the attacker sees the lists of 200 people.
/// Items of the generated shop, in English and in Chinese, and of a shop's year (UCI Online Retail), whose descriptions are the titles. Targets are drawn among
/// the items that fewer people have than the median. Nothing is tuned.
/// </summary>
internal static class TextAttackReproduction
{
    private const int Cutoff = 10;
    private static readonly int[] Budgets = [1, 2, 3];
    private static readonly Metric[] Utility = [RankingMetrics.Recall(Cutoff), RankingMetrics.Ndcg(Cutoff)];

    private sealed record World(string Name, Interactions Train, Interactions Test, string[] Texts);

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        foreach (var world in Worlds(options).Where(world => options.Text("data-set") is not { } only || world.Name.StartsWith(only, StringComparison.Ordinal)))
            foreach (var seed in options.Seeds()) Attack(world, options, seed);
        return 0;
    }

    private static IEnumerable<World> Worlds(Arguments options)
    {
        var shop = GeneratedShop.Create(new ShopOptions(), 1).Dataset;
        var split = Splits.ByTime(shop.Interactions.DistinctPairs(), 0.8);
        var items = shop.Items!.Align(shop.Interactions.Items);
        foreach (var column in new[] { "title", "description", "title_zh", "description_zh" })
            yield return new($"shop {column}", split.Train, split.Test, [.. items[column].Texts.ToArray().Select(text => text ?? "")]);
        var retail = OnlineRetail.Read(Path.Combine(DataFolder.Find(options, "online-retail"), "online_retail.csv.gz"));
        var (train, test) = OnlineRetail.ByTime(retail.Purchases, 0.8);
        yield return new("online-retail", train.DistinctPairs(), test, retail.Titles);
    }

    private static void Attack(World world, Arguments options, ulong seed)
    {
        var start = Stopwatch.GetTimestamp();
        var (train, texts, rng) = (world.Train, world.Texts, new Rng(seed));
        var terms = new TextVectorizer(texts, JoinedTokenizer.EnglishAndChinese, 2);
        var targets = Targets(train, texts, options.Int("targets", 10), rng.Fork("targets"));
        var study = new TextStudy(train, targets, Cutoff);
        var attacks = Attacks(world, terms);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"\n{world.Name}, seed {seed}: {train.Count} training pairs, {texts.Length} items, {targets.Length} targets, e.g. '{texts[targets[0]]}'"));
        Console.WriteLine($"{"",-20}{"recall@10",-11}{"hr@10",-7}{"rank",-7}{string.Concat(attacks.Select(attack => $"{attack.Name,-22}"))}");
        foreach (var victim in Victims(world, terms, options, rng))
        {
            if (options.Text("model") is { } only && victim.Name != only) continue;
            study.AddClean(victim);
            var utility = new RankingTask(train, world.Test).Judge(victim.Clean, Utility)[Utility[0].Name];
            foreach (var (name, attack) in attacks)
                foreach (var words in Budgets) study.Add(victim, name, attack, new(words, Similarity: TextSimilarity.TfIdf(terms)), seed);
            foreach (var words in Budgets.Prepend(0))
                Console.WriteLine($"{(words == 0 ? victim.Name : words == 1 ? "  1 word" : $"  {words} words"),-20}" + (words == 0
                    ? string.Create(CultureInfo.InvariantCulture, $"{utility,-11:F4}{Hits("none", 0)}")
                    : $"{"",-25}{string.Concat(attacks.Select(attack => $"{Hits(attack.Name, words)}{Of(attack.Name, words, "similarity"),-5:F2}{"",3}"))}"));
            Console.Error.WriteLine($"{world.Name}, {victim.Name}: {Figure.Since(start):F0} s, {attacks[^1].Name} asks for {Of(attacks[^1].Name, 3, "queries"):F0} texts; "
                + string.Join("; ", study.Edits.Where(edit => edit.Victim == victim.Name && edit.Attack == attacks[^1].Name).TakeLast(2).Select(edit => $"'{edit.Before}' → '{edit.Edited.Text}'")));

            double Of(string attack, int words, string metric) => study.Value(victim.Name, attack, words, metric);

            string Hits(string attack, int words) => string.Create(CultureInfo.InvariantCulture, $"{Of(attack, words, study.Success),-7:F3}{Of(attack, words, "target rank"),-7:F0}");
        }
        Console.WriteLine($"each attack: target hr@10, mean rank, TF-IDF similarity; {Figure.Since(start):F0} s");
    }

    /// <summary>The last is the strongest.</summary>
    private static (string Name, ITextAttack Attack)[] Attacks(World world, TextVectorizer terms)
    {
        var popular = Candidates.Popular(world.Texts, world.Train.ItemCounts(), JoinedTokenizer.EnglishAndChinese);
        var near = Candidates.Near(terms.Terms.Ids, terms.TfIdf(world.Texts).Transpose().ToTensor(), 0.3f, 20);
        var all = new TextEdits(popular, popular, Deletes: true, Swaps: true);
        return
        [
            ("chance", new RandomEdits(all)), ("misspelled", new GreedyEdits(new(Candidates.Misspelled, Swaps: true))),
            ("near words", new GreedyEdits(new(near, Deletes: true))), ("words of popular", new GreedyEdits(all)),
        ];
    }

    private static IEnumerable<TextVictim> Victims(World world, TextVectorizer terms, Arguments options, Rng rng)
    {
        var (train, texts) = (world.Train, world.Texts);
        yield return TextVictim.TfIdf(train, texts, terms);
        yield return TextVictim.Bm25(train, texts, terms);
        if (options.Has("no-encoder")) yield break;
        var encoder = SmallEncoder.Learn(texts, options, rng.Fork("encoder"));
        var white = ItemVectors.Whitening(encoder.Vectors(texts));
        yield return TextVictim.Embedded(train, texts, some => white(encoder.Vectors(some)));
    }

    private static int[] Targets(Interactions train, string[] texts, int count, Rng rng)
    {
        var counts = train.ItemCounts();
        var median = counts.Order().ElementAt(counts.Length / 2);
        int[] rare = [.. Enumerable.Range(0, counts.Length).Where(item => counts[item] < median && Wording.Of(texts[item]).Words.Count > 1)];
        rng.Shuffle<int>(rare);
        return rare[..Math.Min(count, rare.Length)];
    }
}
