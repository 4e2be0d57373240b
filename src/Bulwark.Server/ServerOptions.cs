using Bulwark.Generative.Streams;
using Bulwark.Server.Monitoring;

namespace Bulwark.Server;

/// <summary>How a model is served.</summary>
/// <param name="State">The folder that keeps the log of events.</param>
public sealed record ServerOptions(string State)
{
    /// <summary>The address to listen at; another than the machine's own needs a <see cref="Key"/>.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port; 0 for a free one.</summary>
    public int Port { get; init; } = 8088;

    /// <summary>What callers must send as <c>X-API-Key</c>; null for nothing.</summary>
    public string? Key { get; init; }

    /// <summary>
    /// A factorization learns from a window once the monitor has judged it; or from what has come, judged or not, when so much time is over since it learned.
    /// </summary>
    public TimeSpan LearnTime { get; init; } = TimeSpan.FromHours(1);

    /// <summary>How it learns.</summary>
    public StreamOptions Stream { get; init; } = new() { Critic = new() };

    /// <summary>How traffic is cut into windows and watched.</summary>
    public MonitorOptions Monitor { get; init; } = new();

    /// <summary>The seed of all chance in learning.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
