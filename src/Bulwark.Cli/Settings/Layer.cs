using System.Text.Json;

namespace Bulwark.Cli.Settings;

/// <summary>Settings from one place.</summary>
/// <param name="From">The place, as <c>--print-config</c> shows it.</param>
/// <param name="Values">Values by dotted key.</param>
internal sealed record Layer(string From, IReadOnlyDictionary<string, string> Values)
{
    private static readonly JsonDocumentOptions Lenient = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>A single setting.</summary>
    public static Layer Of(string from, string key, string value) => new(from, new Dictionary<string, string> { [key] = value });

    /// <summary>A JSON file: objects within objects make dotted keys, lists make comma-separated values.</summary>
    /// <exception cref="UsageException">The file is missing, is no JSON object, or has a key that no verb knows.</exception>
    public static Layer File(string path, IEnumerable<Setting> known)
    {
        if (!System.IO.File.Exists(path)) throw new UsageException($"{path}: there is no such configuration file; check the path.");
        try
        {
            using var json = JsonDocument.Parse(System.IO.File.ReadAllText(path), Lenient);
            if (json.RootElement.ValueKind != JsonValueKind.Object)
                throw new UsageException($"{path}: a configuration is one JSON object; put the settings in braces.");
            var values = new Dictionary<string, string>();
            Flatten(path, "", json.RootElement, values);
            foreach (var key in values.Keys) CheckKey(key, known, $"{path}: ");
            return new(path, values);
        }
        catch (JsonException error)
        {
            throw new UsageException($"{path}, line {(error.LineNumber ?? 0) + 1}: this is not JSON; correct it there.");
        }
    }

    /// <summary>The texts <c>key.sub=value</c> behind <c>--set</c>.</summary>
    /// <exception cref="UsageException">One has no '=', or a key that the verb does not have.</exception>
    public static Layer Set(IEnumerable<string> assignments, IReadOnlyList<Setting> settings)
    {
        var values = new Dictionary<string, string>();
        foreach (var assignment in assignments)
        {
            var equals = assignment.IndexOf('=');
            if (equals <= 0) throw new UsageException($"--set needs key=value, but '{assignment}' is something else.");
            var key = assignment[..equals];
            CheckKey(key, settings, "");
            values[key] = assignment[(equals + 1)..];
        }
        return new("--set", values);
    }

    private static void CheckKey(string key, IEnumerable<Setting> known, string where)
    {
        var keys = known.Select(setting => setting.Key).ToArray();
        if (!keys.Contains(key)) throw new UsageException(where + Suggest.Unknown("setting", key, keys));
    }

    private static void Flatten(string path, string prefix, JsonElement at, Dictionary<string, string> values)
    {
        foreach (var property in at.EnumerateObject())
        {
            var key = prefix + property.Name;
            if (property.Value.ValueKind == JsonValueKind.Object) Flatten(path, key + ".", property.Value, values);
            else if (!values.TryAdd(key, Text(path, key, property.Value))) throw new UsageException($"{path}: '{key}' is there twice; keep one.");
        }
    }

    private static string Text(string path, string key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "yes",
        JsonValueKind.False => "no",
        JsonValueKind.Array => string.Join(',', value.EnumerateArray().Select(entry => Text(path, key, entry))),
        _ => throw new UsageException($"{path}: '{key}' has no value; give one or leave it out."),
    };
}
