using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Bulwark.Cli.Verbs;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;

namespace Bulwark.Cli.Runs;

/// <summary>The files of a run beside its configuration.</summary>
internal static class RunFiles
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>How a line of a .jsonl file is written.</summary>
    public static readonly JsonSerializerOptions Line = new(Json) { WriteIndented = false };

    /// <summary>Writes environment.json, data.json, metrics.jsonl, results.json, report.html and run.log.</summary>
    public static void Write(RunFolder folder, Bench bench, Report report)
    {
        var (profile, split) = (bench.Profile, bench.Split);
        var data = new DataFile(profile.Hash, split.Protocol, split.Train.Count, split.Test.Count, split.LeaksTime, [.. DescribeVerb.Facts(profile)]);
        Write(folder, data, View(bench), report);
        if (profile.Report.Bad > 0) folder.Write("quarantine.tsv", file =>
        {
            file.WriteLine("file\tline\treason\ttext");
            foreach (var row in profile.Report.Quarantine) file.WriteLine($"{row.File}\t{row.Line}\t{row.Reason}\t{row.Text}");
        });
    }

    /// <summary>The same of people and what they touched, all of whom were learned from.</summary>
    public static void Write(RunFolder folder, DataFile data, Interactions rows, Report report)
    {
        int[] activity = [.. Enumerable.Range(0, rows.UserCount).Select(user => rows.ByUser.Items(user).Length)];
        Write(folder, data, new DataProfileView(data.Facts, rows.ItemCounts(), activity), report);
    }

    /// <summary>The same of items.</summary>
    public static void Write(RunFolder folder, DataFile data, Report report) => Write(folder, data, new DataProfileView(data.Facts, [], []), report);

    /// <summary>The same of images.</summary>
    public static void Write(RunFolder folder, LabeledImages images, Report report) =>
        Write(folder, images.File, new DataProfileView(images.File.Facts, [], []), report);

    private static void Write(RunFolder folder, DataFile data, DataProfileView profile, Report report)
    {
        folder.Write("environment.json", JsonSerializer.Serialize(report.Environment.ToDictionary(fact => fact.Name, fact => fact.Value), Json));
        folder.Write("data.json", JsonSerializer.Serialize(data, Json));
        folder.Write("metrics.jsonl", file =>
        {
            foreach (var curve in report.TrainingCurves)
                foreach (var epoch in curve.Epochs)
                    file.WriteLine(JsonSerializer.Serialize(new { curve.Model, epoch.Epoch, epoch.Loss, epoch.Validation }, Line));
        });
        folder.Write("results.json", report.ToJson());
        folder.Write("report.html", file => HtmlReport.Write(report, profile, file));
        folder.Write("run.log", file =>
        {
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Started:O} began"));
            foreach (var sentence in report.Summary) file.WriteLine(sentence);
            foreach (var warning in report.Warnings) file.WriteLine($"Warning: {warning}");
            file.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Started + report.Elapsed:O} done after {report.Elapsed.TotalSeconds:F1} s"));
        });
    }

    /// <summary>Writes recommendations.tsv: the best items of each user that training has.</summary>
    public static void WriteRecommendations(RunFolder folder, SavedModel model, int k, CancellationToken cancel)
    {
        int[] users = [.. Enumerable.Range(0, model.Users.Count).Where(user => model.Seen[user].Length > 0)];
        var lists = FullRanking.Recommend(model.Recommender, users, model.Seen, k, cancel: cancel);
        folder.Write("recommendations.tsv", file =>
        {
            file.WriteLine("user_id\trank\titem_id\tscore");
            for (var n = 0; n < users.Length; n++)
                for (var rank = 0; rank < lists.Items(n).Length; rank++)
                    file.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{Field(model.Users[users[n]])}\t{rank + 1}\t{Field(model.Items[lists.Items(n)[rank]])}\t{lists.Scores(n)[rank]:G9}"));
        });
    }

    /// <summary>The results of a finished run.</summary>
    /// <exception cref="InvalidDataException">There are none, or they are no results.</exception>
    public static Report ReadReport(string run)
    {
        var path = Path.Combine(run, "results.json");
        if (!File.Exists(path)) throw new InvalidDataException($"{path} does not exist; give the folder of a finished run.");
        return Report.FromJson(File.ReadAllText(path), path);
    }

    /// <summary>What is known of data of which all rows are learned from.</summary>
    public static DataFile Whole(Dataset dataset)
    {
        var profile = DatasetProfile.Of(dataset);
        return new(profile.Hash, "all rows are learned from", dataset.Interactions.Count, 0, false, [.. DescribeVerb.Facts(profile)]);
    }

    /// <summary>What a finished run knows of its data.</summary>
    /// <exception cref="InvalidDataException">It is missing or damaged.</exception>
    public static DataFile ReadData(string run)
    {
        var path = Path.Combine(run, "data.json");
        try
        {
            if (File.Exists(path) && JsonSerializer.Deserialize<DataFile>(File.ReadAllText(path), Json) is { Sha256: not null, Facts: not null } data)
                return data;
        }
        catch (JsonException) { }
        throw new InvalidDataException($"{path} is missing or damaged; give the folder of a finished run.");
    }

    private static DataProfileView View(Bench bench)
    {
        var activity = new int[bench.Split.Train.UserCount];
        var popularity = bench.Data.Dataset.Interactions.ItemCounts();
        foreach (var user in bench.Data.Dataset.Interactions.User) activity[user]++;
        return new([.. DescribeVerb.Facts(bench.Profile)], popularity, activity);
    }

    private static string Field(string id) =>
        id.AsSpan().IndexOfAny('\t', '\n', '\r') < 0 ? id : id.Replace("\t", "\\t").Replace("\n", "\\n").Replace("\r", "\\r");
}

/// <summary>What data.json holds.</summary>
internal sealed record DataFile(string Sha256, string Split, int TrainRows, int TestRows, bool LeaksTime, IReadOnlyList<ReportFact> Facts);
