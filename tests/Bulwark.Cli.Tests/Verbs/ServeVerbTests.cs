using System.Text.Json;
using Bulwark.Cli.Runs;
using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class ServeVerbTests : IDisposable
{
    private readonly CommandRun _run = new();

    public void Dispose() => _run.Dispose();

    /// <summary>The list that the server gives is that of <c>bulwark recommend</c>; a stop is no failure, and what came is in the state folder.</summary>
    [Theory]
    [InlineData("bpr", "learns from events")]
    [InlineData("itemknn", "answers by what people have touched")]
    public async Task It_answers_as_recommend_does(string model, string words)
    {
        var run = Trained(model);
        var user = SavedModel.Load(Path.Combine(run, "model")).Users[3];
        using var stop = new CancellationTokenSource();
        using StringWriter output = new(), error = new();
        var (@out, err) = (TextWriter.Synchronized(output), TextWriter.Synchronized(error));
        var serving = Task.Run(() => Cli.Run(["serve", run, "--port", "0", "--state", _run["state"]], @out, err, stop.Token));
        for (var tries = 0; tries < 6000 && !serving.IsCompleted && !output.ToString().EndsWith('\n'); tries++) await Task.Delay(10);
        Assert.True(output.ToString().Trim() is { Length: > 0 }, error.ToString());
        using (var client = new HttpClient { BaseAddress = new(output.ToString().Trim()), Timeout = TimeSpan.FromSeconds(30) })
        {
            var list = JsonDocument.Parse(await client.GetStringAsync($"/api/v1/users/{user}/recommendations?count=5")).RootElement;
            Assert.Equal("known user", list.GetProperty("source").GetString());
            var (code, recommended, problem) = Run("recommend", run, "--user", user, "-k", "5", "--format", "csv");
            Assert.True(code == 0, problem);
            var items = list.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("item").GetString());
            Assert.Equal(recommended.Split('\n')[1..6].Select(row => row.Split(',')[1]), items);
            using var answer = await client.PostAsync("/api/v1/events", new StringContent("""{"user":"new","item":"new"}""", System.Text.Encoding.UTF8, "application/json"));
            Assert.True(answer.IsSuccessStatusCode);
        }
        stop.Cancel();
        Assert.Equal(0, await serving);
        Assert.Contains(words, error.ToString());
        Assert.Single(File.ReadAllLines(Path.Combine(_run["state"], "events.jsonl")));
    }

    [Fact]
    public void It_refuses_what_makes_no_sense()
    {
        Refuses(2, ["nowhere"], "serve", _run["nowhere"]);
        Refuses(1, ["'many'"], "serve", _run["nowhere"], "--port", "many");
        var run = Trained("itemknn");
        Refuses(1, ["key"], "serve", run, "--host", "0.0.0.0", "--port", "0");
        Refuses(1, ["'shop.example'"], "serve", run, "--host", "shop.example");
        Directory.CreateDirectory(_run["bad"]);
        _run.File("bad/events.jsonl", "no event\n");
        Refuses(2, ["events.jsonl, line 1"], "serve", run, "--port", "0", "--state", _run["bad"]);
    }

    private string Trained(string model)
    {
        var (code, _, error) = Run("train", "-m", model, "--shop-shoppers", "60", "--shop-products", "40", "--set", "train.epochs=2", "--out", _run["runs"]);
        Assert.True(code == 0, error);
        return Directory.GetDirectories(_run["runs"]).Single();
    }
}
