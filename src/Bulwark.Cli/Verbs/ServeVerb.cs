using Bulwark.Cli.Models;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Models.Factorization;
using Bulwark.Server;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark serve</c>: the model of a run over HTTP, which takes events, learns from them where it can, and watches them.</summary>
internal static class ServeVerb
{
    private const string KeyVariable = "BULWARK_API_KEY";
    private static readonly ServerOptions _usual = new("");
    private static readonly Setting<string> Host = new(
        "serve.host", _usual.Host, "Address to listen at; another than the machine's own needs a key", Parse.Text, "--host");
    private static readonly Setting<int> Port = new("serve.port", $"{_usual.Port}", "Port to listen at; 0 for a free one", Parse.Whole(0, 65_535), "--port");
    private static readonly Setting<string> Key = new(
        "serve.api-key", "", $"What callers must send as X-API-Key; the environment variable {KeyVariable} does the same unseen", Parse.Text, "--api-key");

    private static readonly Setting<string> State = new(
        "serve.state", "", "Folder that keeps the events; 'serve' in the run's folder without one", Parse.Text, "--state");
    private static readonly Setting<int> Window = new(
        "serve.window", $"{_usual.Monitor.WindowEvents}", "Events of a window: the monitor judges it, then a factorization without biases learns from it",
        Parse.Whole(50, 10_000), "--window");

    private static readonly Setting<int> LearnSeconds = new(
        "serve.learn-seconds", $"{_usual.LearnTime.TotalSeconds}", "Or it learns after so many seconds, from what has come and is not judged yet", Parse.Whole(1, 86_400), "--learn-seconds");

    public static Verb Verb { get; } = new(
        "serve", "Serve the model of a run: recommendations, events, online updates, monitoring",
        [Host, Port, Key, State, Window, LearnSeconds, Known.Threads], Run)
    {
        Positional = new("run", "Folder of a run", 1, 1),
    };

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        Threading.Use(settings);
        var run = call.Arguments[0];
        var model = SavedModel.Load(Path.Combine(run, "model"));
        Serve(Of(model), Options(settings, run), call).GetAwaiter().GetResult();
        return ExitCode.Ok;
    }

    private static async Task Serve(Served served, ServerOptions options, Call call)
    {
        var (@out, error) = (call.Terminal.Out, call.Terminal.Error);
        await using var server = await RecommendationServer.Start(served, options, error.WriteLine, call.Cancel).ConfigureAwait(false);
        var does = served.Factorization is null ? "answers by what people have touched" : "learns from events";
        error.WriteLine($"{served.Name} {does}, which {options.State} keeps; Ctrl+C stops.");
        @out.WriteLine(server.Address);
        await @out.FlushAsync().ConfigureAwait(false);
        await server.Wait(call.Cancel).ConfigureAwait(false);
    }

    private static ServerOptions Options(Resolved settings, string run) => new(settings.Get(State) is { Length: > 0 } state ? state : Path.Combine(run, "serve"))
    {
        Host = settings.Get(Host), Port = settings.Get(Port),
        Key = settings.Get(Key) is { Length: > 0 } key ? key : Environment.GetEnvironmentVariable(KeyVariable),
        Monitor = _usual.Monitor with { WindowEvents = settings.Get(Window) }, LearnTime = TimeSpan.FromSeconds(settings.Get(LearnSeconds)),
    };

    /// <summary>A factorization that was learned from pairs and has no biases follows events.</summary>
    private static Served Of(SavedModel model) => new(model.Name, model.Recommender, model.Train)
    {
        Factorization = model is { Model: MatrixFactorization rows, At: { } at } && model.Kind == ModelKinds.Bpr && !at.Variables.Contains(rows.UserBias)
            ? new(rows, at, new(at[rows.Users].Shape[1])) : null,
    };
}
