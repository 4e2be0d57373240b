using System.Net;
using Bulwark.Server.Api;
using Bulwark.Server.Events;
using Bulwark.Server.Live;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Bulwark.Server;

/// <summary>
/// Recommends over HTTP, takes events, keeps them, learns from them and watches them. What was acknowledged is on disk; a server that starts again on the same
/// folder goes through the log and answers as before.
/// </summary>
public sealed class RecommendationServer : IAsyncDisposable
{
    internal const int MostBytes = 1 << 20;
    private readonly WebApplication _web;
    private readonly EventLog _log;
    private readonly Follower _follower;
    private readonly Task _following;

    private RecommendationServer(WebApplication web, EventLog log, Follower follower)
    {
        (_web, _log, _follower) = (web, log, follower);
        _following = Task.Run(() => follower.Run(log.NoteLearned));
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; private set; } = null!;

    /// <summary>Reads the log, and listens.</summary>
    /// <param name="served">What is served.</param>
    /// <param name="options">How.</param>
    /// <param name="notice">Hears what the operator should know.</param>
    /// <param name="cancel">Stops the start.</param>
    /// <exception cref="ArgumentException">The port is in use, or the address is none, or not the machine's own and there is no key.</exception>
    /// <exception cref="InvalidDataException">The log is damaged.</exception>
    /// <exception cref="IOException">The log is in use.</exception>
    public static async Task<RecommendationServer> Start(Served served, ServerOptions options, Action<string> notice, CancellationToken cancel = default)
    {
        if (!IPAddress.TryParse(options.Host, out var host)) throw new ArgumentException($"'{options.Host}' is no address; give one as 127.0.0.1 or 0.0.0.0.");
        if (!IPAddress.IsLoopback(host) && string.IsNullOrEmpty(options.Key))
            throw new ArgumentException($"{host} can be reached from other machines: give a key that callers must send, or listen at 127.0.0.1.");
        var histories = new LiveHistories(served.Train);
        var lists = new Lists(served.Recommender, histories) { Follows = served.Factorization is not null };
        var follower = new Follower(served, lists, options);
        var log = EventLog.Open(
            options.State, (each, learned) => follower.Replay(histories.Add(each), learned), notice, each => follower.Add(histories.Add(each)));
        if (follower.State.Events > 0) notice($"Went through {follower.State.Events} events of {options.State} again.");
        var web = Web(host, options);
        var server = new RecommendationServer(web, log, follower);
        try
        {
            server.Map(served, lists, histories, options);
            await Listen(web, options.Port, cancel).ConfigureAwait(false);
            server.Address = new(web.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());
            return server;
        }
        catch
        {
            await server.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task Listen(WebApplication web, int port, CancellationToken cancel)
    {
        try
        {
            await web.StartAsync(cancel).ConfigureAwait(false);
        }
        catch (IOException failed) when (failed.InnerException is AddressInUseException)
        {
            throw new ArgumentException($"Port {port} is in use; choose another.");
        }
    }

    private static WebApplication Web(IPAddress host, ServerOptions options)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<RouteHandlerOptions>(handlers => handlers.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MostBytes;
            kestrel.Listen(host, options.Port);
        });
        return builder.Build();
    }

    private void Map(Served served, Lists lists, LiveHistories histories, ServerOptions options)
    {
        _web.Use(next => context => Refusals.Answer(context, next));
        if (options.Key is { Length: > 0 } key)
        {
            var demand = new ApiKey(key);
            _web.Use(next => context => demand.Demand(context, next));
        }
        var (events, own) = (new EventEndpoints(_log, options.Time), new ListEndpoints(lists, histories));
        HealthEndpoints.Map(_web);
        events.Map(_web);
        own.Map(_web);
        new GorseEndpoints(own, events, lists, histories, options.Time).Map(_web);
        new StateEndpoints(served, _follower, histories).Map(_web);
        new DashboardEndpoint(served, _follower, histories).Map(_web);
        _web.MapFallback(Refusals.NoSuchPath);
    }

    /// <summary>Waits until nobody needs it any more.</summary>
    public Task Wait(CancellationToken stop) => _web.WaitForShutdownAsync(stop);

    /// <summary>Answers what was asked, writes what came, and stops.</summary>
    public async ValueTask DisposeAsync()
    {
        await _web.StopAsync().ConfigureAwait(false);
        await _web.DisposeAsync().ConfigureAwait(false);
        _follower.Complete();
        await _following.ConfigureAwait(false);
        await _log.DisposeAsync().ConfigureAwait(false);
    }
}
