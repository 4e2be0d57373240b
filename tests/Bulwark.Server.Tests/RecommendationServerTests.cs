using System.Diagnostics.Metrics;
using System.Net;
using System.Text;

namespace Bulwark.Server.Tests;

public sealed class RecommendationServerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnEventChangesTheNextListAndWhatWasTouchedNeverComesBack()
    {
        await using var server = await RunningServer.Start(_folder);
        Assert.Equal(["a2", "a3", "a4"], await server.Items("/api/v1/users/u0/recommendations?count=3"));
        Assert.Equal(1, (await server.Post("/api/v1/events", new { user = "u0", item = "a2" })).Answer.GetProperty("accepted").GetInt32());
        Assert.Equal(["a3", "a4", "a5"], await server.Items("/api/v1/users/u0/recommendations?count=3"));
        Assert.DoesNotContain("a2", await server.Items("/api/v1/users/u0/recommendations?count=100"));
    }

    [Fact]
    public async Task SomebodyNewIsKnownFromTheirFirstEvent()
    {
        await using var server = await RunningServer.Start(_folder);
        Assert.Equal("popularity", (await server.Get("/api/v1/users/new/recommendations")).GetProperty("source").GetString());
        await server.Post("/api/v1/events", new[] { new { user = "new", item = "b0" }, new { user = "new", item = "never seen" } });
        var answer = await server.Get("/api/v1/users/new/recommendations?count=2&why=1");
        Assert.Equal("fold-in", answer.GetProperty("source").GetString());
        Assert.Equal(["b1", "b2"], answer.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("item").GetString()));
        Assert.Equal("b0", answer.GetProperty("items")[0].GetProperty("why")[0].GetString());
        Assert.Equal(["b0", "never seen"], (await server.Get("/api/v1/users/new/history")).GetProperty("items").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal(["b1"], await server.Items("/api/v1/items/b0/similar?count=1"));
        Assert.Equal(["b1"], (await server.Post("/api/v1/recommendations", new { history = new[] { "b0" }, count = 1 })).Answer
            .GetProperty("items").EnumerateArray().Select(one => one.GetProperty("item").GetString()));
    }

    /// <summary>Ids are opaque: slashes, spaces, percent signs and letters of any script come back as they were sent.</summary>
    [Theory]
    [InlineData("a/b")]
    [InlineData("100% ü?&#+")]
    [InlineData("商品/七")]
    public async Task IdsComeBackAsTheyWereSent(string id)
    {
        await using var server = await RunningServer.Start(_folder);
        await server.Post("/api/v1/events", new { user = id, item = id });
        var answer = await server.Get($"/api/v1/users/{Uri.EscapeDataString(id)}/history");
        Assert.Equal((id, id), (answer.GetProperty("user").GetString(), answer.GetProperty("items")[0].GetString()));
        Assert.Equal(200, (int)(await server.Client.GetAsync($"/api/v1/items/{Uri.EscapeDataString(id)}/similar")).StatusCode);
    }

    /// <summary>In Gorse's words the same.</summary>
    [Fact]
    public async Task ClientsOfGorseFindTheirPaths()
    {
        await using var server = await RunningServer.Start(_folder);
        object[] feedback = [new { FeedbackType = "star", UserId = "new", ItemId = "b0", Timestamp = "2026-01-01T00:00:00Z" }];
        Assert.Equal(1, (await server.Post("/api/feedback", feedback)).Answer.GetProperty("RowAffected").GetInt32());
        Assert.Equal(["b2", "b3"], (await server.Get("/api/recommend/new?n=2&offset=1")).EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("b1", (await server.Post("/api/session/recommend?n=1", feedback)).Answer[0].GetProperty("Id").GetString());
        Assert.Equal("b1", (await server.Get("/api/item/b0/neighbors?n=1"))[0].GetProperty("Id").GetString());
        Assert.Equal(10, (await server.Get("/api/popular")).GetArrayLength());
        Assert.True((await server.Get("/api/health/ready")).GetProperty("Ready").GetBoolean());
    }

    /// <summary>u7 was taught to like b; then a taste for a comes in events. A server that starts again on the same log has learned the same.</summary>
    [Fact]
    public async Task AFactorizationLearnsFromEventsAndDoesSoAgainFromTheLog()
    {
        string[] lists;
        await using (var server = await RunningServer.Start(_folder, learns: true, with: Quickly))
        {
            Assert.StartsWith("b", (await server.Items("/api/v1/users/u7/recommendations?count=1"))[0]);
            for (var n = 0; n < 25; n++)
                await server.Post("/api/v1/events", Enumerable.Range(0, 4).Select(item => new { user = "u7", item = $"a{item}" }));
            await server.Until("learned", 100);
            await server.Until("events", 100);
            Assert.StartsWith("a", (await server.Items("/api/v1/users/u7/recommendations?count=1"))[0]);
            lists = await Lists(server);
        }
        var notices = new List<string>();
        await using (var again = await RunningServer.Start(_folder, learns: true, with: Quickly, notice: notices.Add))
        {
            Assert.Contains("100 events", Assert.Single(notices));
            Assert.Equal(lists, await Lists(again));
        }

        static ServerOptions Quickly(ServerOptions options) => options with { Monitor = new() { WindowEvents = 50 }, Stream = new() { Passes = 50 } };

        static async Task<string[]> Lists(RunningServer server) =>
            [.. await Task.WhenAll(Enumerable.Range(0, TwoTastes.Users).Select(user => server.Client.GetStringAsync($"/api/v1/users/u{user}/recommendations")))];
    }

    /// <summary>A single event waits for no others for ever.</summary>
    [Fact]
    public async Task TheModelLearnsWhenTheTimeIsOver()
    {
        await using var server = await RunningServer.Start(_folder, learns: true, with: options => options with { LearnTime = TimeSpan.FromMilliseconds(50) });
        await server.Post("/api/v1/events", new { user = "u7", item = "a0" });
        await server.Until("learned", 1);
    }

    /// <summary>Forty accounts that come together and take the same three things are suspects: the model does not learn from what they do from then on.</summary>
    [Fact]
    public async Task WhoActsInStepIsHeldOutOfUpdates()
    {
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, own) => { if (instrument.Name == "bulwark.alarms") own.EnableMeasurementEvents(instrument); },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags[0].Value is "InStep") Interlocked.Add(ref counted, count);
        });
        listener.Start();
        await using var server = await RunningServer.Start(_folder, learns: true, with: options => options with { Monitor = new() { WindowEvents = 60 } });
        for (var round = 0; round < 2; round++)
            await server.Post("/api/v1/events", Enumerable.Range(0, 120).Select(n => new { user = $"fake{n / 3}", item = $"x{n % 3 + 3 * round}" }));
        await server.Until("heldOut", 1);
        Assert.Contains("InStep", (await server.Get("/api/v1/monitor")).GetProperty("alarms").EnumerateArray().Select(alarm => alarm.GetProperty("kind").GetString()));
        Assert.True(Interlocked.Read(ref counted) > 0);
    }

    [Theory]
    [InlineData("GET", "/api/v1/users/u0/recommendations?count=0", null, 400, "count is 0")]
    [InlineData("GET", "/api/v1/users/u0/recommendations?count=many", null, 400, "count is 'many'")]
    [InlineData("GET", "/api/v1/users/u0/recommendations?why=11", null, 400, "why is 11")]
    [InlineData("GET", "/api/v1/users/nobody/history", null, 404, "no user 'nobody'")]
    [InlineData("GET", "/api/v1/items/nothing/similar", null, 404, "no item 'nothing'")]
    [InlineData("GET", "/api/v2", null, 404, "no GET /api/v2")]
    [InlineData("GET", "/api/recommend/u0?offset=-1", null, 400, "offset is -1")]
    [InlineData("POST", "/api/v1/events", "{\"user\":", 400, "JSON")]
    [InlineData("POST", "/api/v1/events", "{\"user\":5}", 400, "$.user")]
    [InlineData("POST", "/api/v1/events", "[null]", 400, "no event")]
    [InlineData("POST", "/api/v1/events", "{\"user\":\"u0\"}", 400, "item is missing")]
    [InlineData("POST", "/api/v1/events", "{\"user\":\"\",\"item\":\"a0\"}", 400, "user is missing")]
    [InlineData("POST", "/api/v1/events", "{\"user\":\"u\\u0007\",\"item\":\"a0\"}", 400, "control character")]
    [InlineData("POST", "/api/v1/events", "{\"user\":\"u0\",\"item\":\"a0\",\"kind\":\"smell\"}", 400, "'smell'")]
    [InlineData("POST", "/api/v1/events", "{\"user\":\"u0\",\"item\":\"a0\",\"time\":99999999999}", 400, "in the future")]
    [InlineData("POST", "/api/v1/events", "[{\"user\":\"u0\",\"item\":\"a0\"},{\"user\":\"u0\"}]", 400, "item is missing")]
    [InlineData("POST", "/api/v1/recommendations", "{}", 400, "history is missing")]
    [InlineData("POST", "/api/feedback", "[{\"UserId\":\"u0\",\"ItemId\":\"a0\",\"Timestamp\":\"noon\"}]", 400, "Timestamp")]
    public async Task BadRequestsGetOneSentence(string method, string path, string? body, int status, string words)
    {
        await using var server = await RunningServer.Start(_folder);
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        using var answer = await server.Client.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(status == (int)answer.StatusCode, text);
        Assert.Contains(words, System.Text.Json.JsonDocument.Parse(text).RootElement.GetProperty("error").GetString());
        Assert.Equal(0, new FileInfo(_folder["events.jsonl"]).Length);                   // of a list with one bad event none counts
    }

    [Fact]
    public async Task ABodyIsJsonAndNotTooLong()
    {
        await using var server = await RunningServer.Start(_folder);
        using var text = await server.Client.PostAsync("/api/v1/events", new StringContent("user=u0"));
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, text.StatusCode);
        using var content = new StringContent(new string(' ', RecommendationServer.MostBytes + 1), Encoding.UTF8, "application/json");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/events") { Content = content };
        request.Headers.ExpectContinue = true;
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task WithAKeyOnlyThoseWhoSendItGetIn()
    {
        await using var server = await RunningServer.Start(_folder, with: options => options with { Key = "secret" });
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/api/v1/popular", null));
        Assert.Equal(HttpStatusCode.Unauthorized, await Status("/api/v1/popular", "Secret"));
        Assert.Equal(HttpStatusCode.OK, await Status("/api/v1/popular", "secret"));
        Assert.Equal(HttpStatusCode.OK, await Status("/api/v1/health", null));

        async Task<HttpStatusCode> Status(string path, string? key)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (key is not null) request.Headers.Add("X-API-Key", key);
            using var answer = await server.Client.SendAsync(request);
            return answer.StatusCode;
        }
    }

    /// <summary>Behind a proxy everybody calls from this machine: the page, which names accounts, asks for the key as a browser's password.</summary>
    [Theory]
    [InlineData("/", null, 401)]
    [InlineData("/", "Basic YW55OnNlY3JldA==", 200)]         // any:secret
    [InlineData("/", "basic OnNlY3JldA==", 200)]             // :secret
    [InlineData("/", "Basic YW55Ondyb25n", 401)]             // any:wrong
    [InlineData("/", "Basic !", 401)]
    [InlineData("/", "Bearer OnNlY3JldA==", 401)]
    [InlineData("/api/v1/popular", "Basic YW55OnNlY3JldA==", 401)]
    public async Task TheDashboardTakesTheKeyAsAPassword(string path, string? authorization, int status)
    {
        await using var server = await RunningServer.Start(_folder, with: options => options with { Key = "secret" });
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (authorization is not null) request.Headers.TryAddWithoutValidation("Authorization", authorization);
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal(path == "/" && status == 401, answer.Headers.WwwAuthenticate.Count > 0);
    }

    /// <summary>A page from elsewhere whose name points here gets nothing.</summary>
    [Theory]
    [InlineData("localhost:1", 200)]
    [InlineData("127.0.0.1", 200)]
    [InlineData("shop.example", 421)]
    public async Task ALoopbackServerAnswersToItsOwnNames(string host, int status)
    {
        await using var server = await RunningServer.Start(_folder);
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/popular");
        request.Headers.Host = host;
        using var answer = await server.Client.SendAsync(request);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task AnotherAddressThanTheMachinesOwnNeedsAKey()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningServer.Start(_folder, with: options => options with { Host = "0.0.0.0" }));
        Assert.Contains("key", error.Message);
    }

    [Fact]
    public async Task APortInUseIsOneSentence()
    {
        await using var server = await RunningServer.Start(_folder);
        using var other = new TemporaryFolder();
        var port = server.Client.BaseAddress!.Port;
        var error = await Assert.ThrowsAsync<ArgumentException>(() => RunningServer.Start(other, with: options => options with { Port = port }));
        Assert.Contains($"Port {port} is in use", error.Message);
    }

    /// <summary>Lists are asked for while events come and the model learns: no request fails, and every event that was acknowledged is in the log once.</summary>
    [Fact]
    public async Task ReadersAndWritersAtOnce()
    {
        await using (var server = await RunningServer.Start(_folder, learns: true, with: options => options with { Monitor = new() { WindowEvents = 50 } }))
        {
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(async writer =>
            {
                for (var n = 0; n < 50; n++) Assert.Equal(200, (await server.Post("/api/v1/events", new { user = $"w{writer}", item = $"i{n}" })).Status);
            }));
            var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(async reader =>
            {
                for (var n = 0; n < 50; n++)
                {
                    var seen = (await server.Get($"/api/v1/users/u{reader}/recommendations?count=100")).GetProperty("items").GetArrayLength();
                    Assert.True(seen >= TwoTastes.Items - 2);
                    await server.Get("/api/v1/monitor");
                }
            }));
            await Task.WhenAll(writing, reading);
        }
        var lines = File.ReadAllLines(_folder["events.jsonl"]).Where(line => line.Contains("\"user\"")).ToArray();
        Assert.Equal(200, lines.Length);
        Assert.Equal(200, lines.Select(line => line.Split("\"time\"")[0]).Distinct().Count());
    }

    [Fact]
    public async Task TheDashboardIsAPage()
    {
        await using var server = await RunningServer.Start(_folder);
        var page = await server.Client.GetStringAsync("/");
        Assert.StartsWith("<!DOCTYPE html>", page);
        Assert.Contains("two tastes", page);
    }
}
