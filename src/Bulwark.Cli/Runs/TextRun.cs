using Bulwark.Attacks.Text;
using Bulwark.Cli.Models;
using Bulwark.Cli.Settings;
using Bulwark.Cli.Verbs;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Features;

namespace Bulwark.Cli.Runs;

/// <summary>What <c>bulwark attack --text</c> does: edit a column of the target items for a recommender that reads it, and measure where they stand then.</summary>
internal static class TextRun
{
    /// <summary>Runs it on the data of the call, or of the run it names.</summary>
    public static int Run(Call call, Resolved settings, string column)
    {
        Threading.Use(settings);
        var bench = Bench.From(settings, ModelKinds.Popularity, call.Cancel);
        var train = bench.Train;
        if (bench.Data.Dataset.Items is not { } table) throw new UsageException($"{bench.Data.Source} says nothing about its items; give data with a file of items.");
        var targets = Items.Of(settings, Known.Targets, bench);
        if (targets.Length == 0) throw new UsageException("Name the items whose text is edited: --targets ID,ID.");
        var texts = Texts(table.Align(train.Items), column);
        var (terms, words) = (new TextVectorizer(texts, JoinedTokenizer.EnglishAndChinese), settings.Get(Known.Words));
        var victim = settings.Get(Known.Reader).Of(new(train, texts, terms, settings, call.Cancel));
        var popular = Candidates.Popular(texts, train.ItemCounts(), JoinedTokenizer.EnglishAndChinese);
        var edits = new TextEdits(popular, popular, Deletes: true, Swaps: true);
        var limit = new TextLimit(words, LeastSimilarity: settings.Get(Known.LeastSimilarity), Similarity: TextSimilarity.TfIdf(terms));

        var compose = new Compose(settings, bench);
        var study = new TextStudy(train, targets, bench.Metrics[0].Cutoff ?? 10);
        Report? report = null;
        var folder = RunFolder.Use(settings, "attack", bench.Data.Dataset.Name, $"{victim.Name}-text", bench.Profile.Hash, folder =>
        {
            study.AddClean(victim, call.Cancel);
            foreach (var (name, attack) in new (string, ITextAttack)[] { ("random edits", new RandomRewriting(edits)), ("greedy edits", new GreedyRewriting(edits)) })
                foreach (var seed in settings.Get(Known.Seeds)) study.Add(victim, name, attack, limit, seed, call.Cancel);
            report = compose.Of($"{bench.Data.Dataset.Name}: {column} edited for {victim.Name}", Summary(), study.Rows, settings.Get(Known.Seeds)) with
            {
                LowerIsBetter = study.OfTargets,
            };
            RunFiles.Write(folder, bench, report);
        });
        Compose.Show(call.Terminal, report!, settings.Get(Known.Format), folder);
        foreach (var sentence in report!.Summary.Skip(2)) call.Terminal.Error.WriteLine(sentence);
        return ExitCode.Ok;

        string[] Summary() =>
        [
            $"{victim.Name} recommends by the column '{column}'. Of each target at most {words} words were edited, a Chinese character counting as one.",
            "Every ε is a number of words. Users who have a target already are left out of its figures.",
            .. study.Edits.Where(edit => edit.Attack.StartsWith("greedy", StringComparison.Ordinal)).Take(targets.Length).Select(edit =>
                $"{train.Items[edit.Target]}: '{edit.Before}' became '{edit.Edited.Text}' ({edit.Edited.Queries} texts asked)."),
        ];
    }

    private static string[] Texts(AttributeTable table, string column) => table.Find(column) is { Kind: not AttributeKind.Float } found
        ? [.. found.Texts.ToArray().Select(text => text ?? "")]
        : throw new UsageException(Suggest.Unknown("column of texts", column, table.Columns.Where(one => one.Kind != AttributeKind.Float).Select(one => one.Name)));
}
