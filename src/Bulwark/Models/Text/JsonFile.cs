using System.Text.Json;
using Bulwark.Data;

namespace Bulwark.Models.Text;

/// <summary>Small files read and written whole.</summary>
internal static class JsonFile
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <exception cref="DataException">The file is missing or is not a JSON object.</exception>
    public static JsonDocument Read(string path)
    {
        if (!File.Exists(path)) throw new DataException(path, null, "the file is missing", "add it, or name a folder with config.json, a vocabulary and model.safetensors");
        try
        {
            var document = JsonDocument.Parse(File.ReadAllBytes(path));
            if (document.RootElement.ValueKind == JsonValueKind.Object) return document;
            document.Dispose();
        }
        catch (JsonException) { }
        throw new DataException(path, null, "it is not a JSON object, and may be cut off", "fetch the file again");
    }

    public static void Write<T>(string path, T value) => WriteText(path, JsonSerializer.Serialize(value, Indented));

    /// <summary>Written aside and then renamed: the file is complete or not there.</summary>
    public static void WriteText(string path, string text)
    {
        var aside = path + ".partial";
        File.WriteAllText(aside, text);
        File.Move(aside, path, overwrite: true);
    }
}
