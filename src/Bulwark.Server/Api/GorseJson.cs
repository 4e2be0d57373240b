using System.Text.Json;

namespace Bulwark.Server.Api;

/// <summary>Answers whose members are written as they are named, as those of Gorse.</summary>
internal static class GorseJson
{
    private static readonly JsonSerializerOptions _asNamed = new() { PropertyNamingPolicy = null };

    public static IResult Of<T>(T value) => Results.Json(value, _asNamed);
}
