using System.Net.Http.Json;
using System.Text.Json;

namespace Bulwark.Server.Tests;

/// <summary>A server of two tastes at a free port of this machine, and a client of it.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly RecommendationServer _server;

    private RunningServer(RecommendationServer server) => (_server, Client) = (server, new() { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(30) });

    public HttpClient Client { get; }

    public static async Task<RunningServer> Start(
        TemporaryFolder folder, bool learns = false, Func<ServerOptions, ServerOptions>? with = null, Action<string>? notice = null)
    {
        var options = new ServerOptions(folder.Path) { Port = 0 };
        return new(await RecommendationServer.Start(TwoTastes.Served(learns), with?.Invoke(options) ?? options, notice ?? (_ => { })));
    }

    /// <summary>The answer to a path, which must be one.</summary>
    public async Task<JsonElement> Get(string path) => JsonSerializer.Deserialize<JsonElement>(await Client.GetStringAsync(path));

    /// <summary>Status and answer of a body posted.</summary>
    public async Task<(int Status, JsonElement Answer)> Post(string path, object body)
    {
        using var answer = await Client.PostAsJsonAsync(path, body);
        return ((int)answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    /// <summary>The items of somebody's list.</summary>
    public async Task<string[]> Items(string path) => [.. (await Get(path)).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("item").GetString()!)];

    /// <summary>Waits, at most a minute, until the model's figure of this name is so large.</summary>
    public async Task Until(string figure, long value)
    {
        for (var tries = 0; tries < 6000 && (await Get("/api/v1/model")).GetProperty(figure).GetInt64() < value; tries++) await Task.Delay(10);
        Assert.True((await Get("/api/v1/model")).GetProperty(figure).GetInt64() >= value, $"{figure} is not {value} after a minute.");
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _server.DisposeAsync();
    }
}
