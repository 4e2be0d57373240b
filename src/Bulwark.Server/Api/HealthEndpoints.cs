namespace Bulwark.Server.Api;

/// <summary>Whether the server is alive, for whoever starts it again if not.</summary>
internal static class HealthEndpoints
{
    private static readonly string[] _paths = ["/api/v1/health", "/api/health/live", "/api/health/ready"];

    public static bool Are(PathString path) => Array.Exists(_paths, own => path == own);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(_paths[0], () => new { status = "ok" });
        foreach (var path in _paths[1..]) routes.MapGet(path, () => GorseJson.Of(new { Ready = true }));
    }
}
