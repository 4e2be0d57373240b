using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Bulwark.Cli.Settings;

/// <summary>Resolved settings as a configuration file that gives the same settings again.</summary>
internal static class ConfigFile
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// The text: nested objects, numbers as numbers, the data's path in full. Of an ensemble's models only what was given: each has defaults of its own.
    /// </summary>
    public static string Text(Resolved settings)
    {
        var root = new JsonObject();
        foreach (var setting in settings.Settings)
        {
            if (setting.Key == Known.Resume.Key || IsOfMembers(setting, settings)) continue;
            var at = root;
            var parts = setting.Key.Split('.');
            foreach (var part in parts[..^1]) at = (JsonObject)(at[part] ??= new JsonObject());
            at[parts[^1]] = Value(setting, settings.Origin(setting).Value);
        }
        return root.ToJsonString(Json) + "\n";
    }

    private static bool IsOfMembers(Setting setting, Resolved settings) =>
        settings.Settings.Contains(Known.Model) && settings.Get(Known.Model).Ensemble is not null
        && (SettingsOf.ModelShape.Contains(setting) || SettingsOf.Training.Contains(setting))
        && settings.Origin(setting).From.StartsWith("default", StringComparison.Ordinal);

    /// <summary>A setting's value in a file, the one of a path being the same wherever the command runs.</summary>
    private static JsonNode Value(Setting setting, string value)
    {
        if (setting.Key == Known.DataPath.Key && Path.Exists(value)) return JsonValue.Create(Path.GetFullPath(value));
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(value));
        try
        {
            return reader.Read() && reader.TokenType == JsonTokenType.Number && reader.BytesConsumed == value.Length
                ? JsonNode.Parse(value)! : JsonValue.Create(value);
        }
        catch (JsonException)
        {
            return JsonValue.Create(value);
        }
    }
}
