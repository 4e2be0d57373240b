using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace Bulwark.Data.Readers;

/// <summary>
/// One JSON object a line, with properties by the same names as columns of CSV. The first object says which of rating, time and kind every row
/// has; further properties are ignored.
/// </summary>
internal static class JsonLinesReader
{
    private const string Remedy = "write one JSON object a line or read with on-error skip";

    public static Dataset Read(string path, Reading reading)
    {
        using var reader = new LineReader(path, reading);
        RowSink? sink = null;
        var roles = new Dictionary<string, Role?>();
        var values = new byte[5][];
        while (reader.NextRow(out var line))
        {
            if (sink is null && line.TrimStart(" \t"u8) is [(byte)'[', ..])
                throw new DataException(path, reader.Line, "is one JSON array", "write one object a line without the brackets");
            if ((Utf8.IsValid(line) ? Parse(line, roles, values) : RowSink.NotUtf8) is { } fault)
            {
                reading.Bad(reader, line, fault);
                continue;
            }
            sink ??= new(reading, values[(int)Role.Value] != null, values[(int)Role.Time] != null, values[(int)Role.Kind] != null);
            sink.Add(path, reader.Line, line, new()
            {
                User = values[(int)Role.User],
                Item = values[(int)Role.Item],
                Value = values[(int)Role.Value],
                Time = values[(int)Role.Time],
                Kind = values[(int)Role.Kind],
            });
        }
        return new(Files.NameOf(path), reading.Build(sink?.Rows ?? new(), path), null, null, null, null, "JSON lines", reading.Report());
    }

    /// <summary>Puts the texts of the properties that matter into their places; gives what is wrong with the line, if anything.</summary>
    private static Fault? Parse(ReadOnlySpan<byte> line, Dictionary<string, Role?> roles, byte[]?[] values)
    {
        Array.Clear(values);
        try
        {
            var json = new Utf8JsonReader(line);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return new("not a JSON object", "is not a JSON object", Remedy);
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString()!;
                if (!roles.TryGetValue(name, out var role)) roles[name] = role = Columns.RoleOf(name);
                json.Read();
                if (role is not { } at || values[(int)at] is not null) json.Skip();
                else if (json.TokenType is JsonTokenType.Number) values[(int)at] = json.ValueSpan.ToArray();
                else if (json.TokenType is JsonTokenType.String) values[(int)at] = Encoding.UTF8.GetBytes(json.GetString()!);
                else json.Skip();
            }
            json.Read();                                                // throws on text behind the object
        }
        catch (JsonException e)
        {
            return new("not JSON", $"is not JSON from byte {e.BytePositionInLine + 1} on", Remedy);
        }
        catch (InvalidOperationException)                               // half of a surrogate pair
        {
            return new("not JSON", "has text that is not Unicode", Remedy);
        }
        if (values[(int)Role.User] is null) return Missing("user", "user_id");
        return values[(int)Role.Item] is null ? Missing("item", "item_id") : null;
    }

    private static Fault Missing(string what, string name) => new($"{what} missing", $"has no {what}", $"name its {what} {name} or read with on-error skip");
}
