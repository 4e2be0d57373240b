using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Bulwark.Cli.Models;
using Bulwark.Evaluation;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

/// <summary>One trained run, and the verbs that read it.</summary>
public sealed class RunVerbsTests : IClassFixture<RunVerbsTests.Trained>, IDisposable
{
    private readonly Trained _trained;
    private readonly CommandRun _run = new();

    public RunVerbsTests(Trained trained) => _trained = trained;

    public void Dispose() => _run.Dispose();

    /// <summary>A bpr run on a small shop.</summary>
    public sealed class Trained : IDisposable
    {
        private readonly CommandRun _run = new();

        public Trained()
        {
            var (code, output, error) = Run(
                "train", "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "5", "--set", "model.dimension=8",
                "--out", _run["runs"], "--format", "csv");
            Assert.True(code == 0, error);
            (Output, Folder) = (output, Assert.Single(Directory.GetDirectories(_run["runs"])));
        }

        public string Folder { get; }

        public string Output { get; }

        public void Dispose() => _run.Dispose();

        /// <summary>A copy that may be damaged.</summary>
        public string Copy(CommandRun to)
        {
            foreach (var file in Directory.GetFiles(Folder, "*", SearchOption.AllDirectories))
            {
                var target = Path.Combine(to["copy"], Path.GetRelativePath(Folder, file));
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
            return to["copy"];
        }
    }

    [Fact]
    public void Evaluate_finds_what_training_measured()
    {
        var (code, output, error) = Run("evaluate", _trained.Folder, "--format", "csv");
        Assert.True(code == 0, error);
        foreach (var metric in new[] { "recall@10", "ndcg@10", "auc" })
            Assert.Equal(Cells(_trained.Output, $"bpr,none,0,{metric},")[4], Cells(output, $"{metric},")[1]);
        Assert.Contains("coverage@10,", output);
    }

    /// <summary>Weight 0 is the run's own lists; both re-rankings, with the front on the page.</summary>
    [Fact]
    public void Lists_are_re_ranked_for_a_second_goal()
    {
        var own = Run("evaluate", _trained.Folder, "--format", "csv").Out;
        foreach (var rerank in new[] { "mmr", "calibrated" })
        {
            var (code, output, error) = Run(
                "evaluate", _trained.Folder, "--rerank", rerank, "--set", "rerank.weight=0,0.5,1", "--out", _run[rerank], "--format", "csv");
            Assert.True(code == 0, error);
            var lines = output.TrimEnd().Split("\r\n").Select(line => line.Split(',')).ToArray();
            Assert.Equal(["choice", "ndcg@10", "recall@10", "coverage@10", "novelty@10", "diversity@10", "front"], lines[0]);
            Assert.Equal([$"{rerank} 0", $"{rerank} 0.5", $"{rerank} 1"], lines.Skip(1).Select(line => line[0]));
            var exact = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run[rerank])), "results.json"))).TradeOffs;
            Assert.Equal(Cells(own, "ndcg@10,")[1], exact[0].Goals[0].Value.ToString("R", System.Globalization.CultureInfo.InvariantCulture));
            Assert.NotEqual(exact[0].Goals[4], exact[1].Goals[4]);
            Assert.Contains("What another goal costs", File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run[rerank])), "report.html")));
        }
        Refuses(1, ["no column 'colour'"], "evaluate", _trained.Folder, "--rerank", "calibrated", "--set", "rerank.column=colour", "--out", _run["runs"]);
    }

    [Fact]
    public void Attack_writes_a_run_of_its_own()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--attack", "noise,fgsm", "--epsilon", "0.5,1", "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Equal(Cells(_trained.Output, "bpr,none,0,recall@10,")[4], Cells(output, "bpr,none,0,recall@10,")[4]);
        Assert.Contains("bpr,fgsm,1,recall@10,", output);
        var report = Report.FromJson(File.ReadAllText(Path.Combine(Assert.Single(Directory.GetDirectories(_run["runs"])), "results.json")));
        Assert.Equal(5, report.Rows.Count(row => row.Metric == "recall@10"));                           // none, noise × 2, fgsm × 2
    }

    /// <summary>Nobody asked for noise, and it is there all the same: the control.</summary>
    [Fact]
    public void An_attack_stands_beside_noise_of_its_size()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--attack", "pgd-2", "--epsilon", "0.5,1", "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        foreach (var cell in new[] { "noise,0.5", "noise,1", "pgd-2,0.5", "pgd-2,1" }) Assert.Contains($"bpr,{cell},recall@10,", output);
        Refuses(1, ["epsilon", "'-0.5'"], "attack", _trained.Folder, "--epsilon", "-0.5");
        Refuses(1, ["epsilon", "'-0.5'"], "gate", _trained.Folder, "--epsilon", "-0.5");
        Refuses(1, ["without repeats", "'fgsm,fgsm'"], "attack", _trained.Folder, "--attack", "fgsm,fgsm");
        Refuses(1, ["fgsm at ε 0.5"], "attack", _trained.Folder, "--attack", "msap,fgsm", "--epsilon", "0.5");
    }

    /// <summary>F1 and MRR with a cutoff follow from the figures beside them, where each user has one test item: F1 = 2 HR / (k + 1), MRR = MAP.</summary>
    [Fact]
    public void Evaluate_has_F1_and_MRR_at_each_cutoff()
    {
        Assert.Equal(0, Run(
            "train", "--shop-shoppers", "60", "--shop-products", "40", "--epochs", "1", "--split", "leave-last", "--topk", "5,10", "--out", _run["last"]).Code);
        var (code, output, error) = Run("evaluate", Assert.Single(Directory.GetDirectories(_run["last"])), "--format", "csv");
        Assert.True(code == 0, error);
        double Figure(string name) => double.Parse(Cells(output, $"{name},")[1], System.Globalization.CultureInfo.InvariantCulture);
        foreach (var k in new[] { 5, 10 })
        {
            Assert.Equal(2 * Figure($"hr@{k}") / (k + 1), Figure($"f1@{k}"), 1e-9);
            Assert.Equal(Figure($"map@{k}"), Figure($"mrr@{k}"), 1e-9);
        }
    }

    [Fact]
    public void Gate_prints_every_check_and_shuts_with_3()
    {
        string[] quick = ["--attack", "pgd-3", "--epsilon", "0.5", "--noise", "5", "--format", "csv", "--out", _run["runs"]];
        var (code, output, error) = Run(["gate", _trained.Folder, "--max-loss", "0%", .. quick]);
        Assert.True(code == 3, error);
        Assert.Contains("The gate is shut.", error);
        Assert.Equal(14, output.TrimEnd().Split('\n').Length);
        Assert.Equal("not applicable", Cells(output, "the attack breaks the model without its defense,")[1]);
        Assert.Equal("pass", Cells(output, "the same input gives the same output,")[1]);
        var twin = Run(["gate", _trained.Folder, _trained.Folder, "--max-loss", "0.01", .. quick]).Out;
        Assert.Equal("pass", Cells(twin, "the attack breaks the model without its defense,")[1]);
        Refuses(1, ["pgd-20"], "gate", _trained.Folder, "--attack", "fgsm");
        Refuses(1, ["a share"], "gate", _trained.Folder, "--max-loss", "120%");
    }

    /// <summary>Attacks on embedding tables; those on inputs are refused with the reason.</summary>
    [Fact]
    public void Attacks_of_tables_run_and_attacks_of_inputs_say_why_not()
    {
        var (code, output, error) = Run("attack", _trained.Folder, "--attack", "apgd-5,apgd-margin-5,nes-1,spsa-1", "--epsilon", "1", "--out", _run["runs"], "--format", "csv");
        Assert.True(code == 0, error);
        foreach (var name in new[] { "apgd-5", "apgd-margin-5", "nes-1", "spsa-1" }) Assert.Contains($"bpr,{name},1,recall@10,", output);
        foreach (var name in new[] { "cw", "deepfool", "jsma", "square-100", "hopskipjump", "advgan", "transfer" })
            Refuses(1, [$"'{name.Split('-')[0]}'", "apgd-10"], "attack", _trained.Folder, "--attack", name);
    }

    [Fact]
    public void Report_joins_runs_into_one_page()
    {
        Assert.Equal(0, Run("attack", _trained.Folder, "--attack", "fgsm", "--epsilon", "1", "--out", _run["runs"]).Code);
        var attack = Assert.Single(Directory.GetDirectories(_run["runs"]));
        var (code, output, error) = Run("report", _trained.Folder, attack, "--out", _run["all.html"], "--format", "csv");
        Assert.True(code == 0, error);
        Assert.Contains(",fgsm,1,recall@10,", output);
        Assert.Contains("popularity,none,0,recall@10,", output);
        Assert.Contains("</html>", File.ReadAllText(_run["all.html"]));
        Refuses(2, ["results.json does not exist"], "report", _run.Folder, "--out", _run["x.html"]);
        Refuses(1, ["is a folder"], "report", attack, "--out", _run.Folder);
    }

    [Fact]
    public void A_known_user_gets_new_items()
    {
        var recommended = File.ReadAllLines(Path.Combine(_trained.Folder, "recommendations.tsv")).Skip(1).Select(line => line.Split('\t')).ToArray();
        var user = recommended[0][0];
        var (code, output, error) = Run("recommend", _trained.Folder, "--user", user, "-k", "3", "--format", "csv");
        Assert.Equal((0, ""), (code, error));
        var lines = output.TrimEnd().Split("\r\n").Skip(1).Select(line => line.Split(',')).ToArray();
        Assert.Equal(recommended.Where(line => line[0] == user).Take(3).Select(line => line[2]), lines.Select(line => line[1]));
        Assert.All(lines, line => Assert.Equal("known user", line[3]));
    }

    [Fact]
    public void Someone_new_is_folded_in_by_a_history_or_gets_what_is_popular()
    {
        var recommended = File.ReadAllLines(Path.Combine(_trained.Folder, "recommendations.tsv")).Skip(1);
        var items = recommended.Select(line => line.Split('\t')[2]).Distinct().Take(3).ToArray();
        var folded = Run("recommend", _trained.Folder, "--history", string.Join(',', items), "--format", "csv");
        Assert.Equal((0, ""), (folded.Code, folded.Error));
        Assert.Contains(",fold-in", folded.Out);
        foreach (var item in items) Assert.DoesNotContain($",{item},", folded.Out);

        var empty = Run("recommend", _trained.Folder, "--history", "", "--format", "csv");
        Assert.Contains(",popularity", empty.Out);
        var unknown = Run("recommend", _trained.Folder, "--history", "没有 这个", "--format", "csv");
        Assert.Equal((0, empty.Out), (unknown.Code, unknown.Out));
        Assert.Contains("'没有 这个'", unknown.Error);
        var stranger = Run("recommend", _trained.Folder, "--user", "nobody", "--format", "csv");
        Assert.Equal((0, empty.Out), (stranger.Code, stranger.Out));
        Assert.Contains("knows nothing of user 'nobody'", stranger.Error);
    }

    [Fact]
    public void What_cannot_be_recommended_is_refused()
    {
        Refuses(1, ["--user ID", "--history"], "recommend", _trained.Folder);
        Refuses(1, ["--count 41 is more than the 40 items"], "recommend", _trained.Folder, "--history", "", "-k", "41");
        Refuses(2, ["does not exist"], "recommend", _run.Folder, "--user", "x");
        Refuses(2, ["is not the folder of a run"], "evaluate", _run.Folder);
    }

    [Fact]
    public void Data_that_changed_since_are_refused() =>
        Refuses(2, ["the data are not those of"], "evaluate", _trained.Folder, "--set", "shop.noise=0.5");

    [Fact]
    public void A_damaged_model_is_refused()
    {
        var copy = _trained.Copy(_run);
        var weights = Path.Combine(copy, "model", "model.safetensors");
        var card = Path.Combine(copy, "model", "model.json");
        var (good, rest) = (File.ReadAllBytes(weights), File.ReadAllText(card));

        void Bad(byte[] bytes, params string[] words)
        {
            File.WriteAllBytes(weights, bytes);
            Refuses(2, ["model.safetensors", .. words], "recommend", copy, "--history", "");
            Refuses(2, ["model.safetensors", .. words], "attack", copy, "--out", _run["runs"]);
            Assert.False(Directory.Exists(_run["runs"]));
        }

        Bad(good[..^10]);                                                       // cut
        Bad([]);                                                                // empty
        Bad([.. BitConverter.GetBytes(1UL << 62), .. good[8..]]);               // a giant header
        Bad([.. good[..^1], (byte)(good[^1] ^ 1)], "altered");                  // one bit
        File.Delete(weights);
        Refuses(2, ["model.safetensors does not exist"], "recommend", copy, "--history", "");

        File.WriteAllBytes(weights, good);
        foreach (var text in new[] { rest[..100], "{}", "[]", rest.Replace("\"historyStart\":[0,", "\"historyStart\":[1,") })
        {
            File.WriteAllText(card, text);
            Refuses(2, ["model.json"], "recommend", copy, "--history", "");
        }
    }

    /// <summary>
    /// Weights that contradict their own header, though the hash beside them is right: a shape larger than its bytes, two tables in one place, a gap, an end
    /// past the file.
    /// </summary>
    [Fact]
    public void Weights_that_lie_about_sizes_are_refused()
    {
        var copy = _trained.Copy(_run);
        string weights = Path.Combine(copy, "model", "model.safetensors"), card = Path.Combine(copy, "model", "model.json");
        var (good, rest) = (File.ReadAllBytes(weights), File.ReadAllText(card));
        var length = (int)BitConverter.ToUInt64(good);
        var header = System.Text.Encoding.UTF8.GetString(good, 8, length);
        var begin = Regex.Match(header, @"\[(?<begin>[1-9]\d*),(?<end>\d+)\]").Groups;                // of the second table's bytes

        Lie(header, null);
        Lie(Regex.Replace(header, @"""shape"":\[(\d+),", @"""shape"":[1$1,"), "model.safetensors");
        Lie(header.Replace($"[{begin["begin"]},", $"[{int.Parse(begin["begin"].Value) - 4},"), "model.safetensors");
        Lie(header.Replace($"[{begin["begin"]},", $"[{int.Parse(begin["begin"].Value) + 4},"), "model.safetensors");
        Lie(header.Replace($",{begin["end"]}]", $",{int.Parse(begin["end"].Value) + 4096}]"), "model.safetensors");

        void Lie(string lie, string? complaint)
        {
            Assert.Equal(complaint is null, lie == header);
            var text = System.Text.Encoding.UTF8.GetBytes(lie);
            File.WriteAllBytes(weights, [.. BitConverter.GetBytes((ulong)text.Length), .. text, .. good[(8 + length)..]]);
            var hash = Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(weights)));
            File.WriteAllText(card, Regex.Replace(rest, @"""sha256"":""[^""]*""", $@"""sha256"":""{hash}"""));
            if (complaint is null) Assert.Equal(0, Run("recommend", copy, "--history", "").Code);
            else Refuses(2, [complaint], "recommend", copy, "--history", "");
        }
    }

    [Fact]
    public void Models_are_listed()
    {
        var (code, output, _) = Run("models");
        Assert.Equal(0, code);
        foreach (var kind in ModelKinds.All) Assert.Contains(kind.Name, output);
        Assert.Contains("Rendle", output);
    }

    internal static string[] Cells(string csv, string start) => csv.Split("\r\n").Single(line => line.StartsWith(start, StringComparison.Ordinal)).Split(',');
}
