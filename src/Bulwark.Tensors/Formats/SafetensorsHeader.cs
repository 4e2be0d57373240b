using System.Text.Json;

namespace Bulwark.Tensors.Formats;

/// <summary>One tensor of a file: bytes Begin to End of its data.</summary>
internal sealed record SafetensorsEntry(string Name, SafetensorsType Type, Shape Shape, long Begin, long End);

/// <summary>The header of a safetensors file. Whatever passes <see cref="Parse"/> covers the file's data exactly once.</summary>
internal sealed record SafetensorsHeader(IReadOnlyList<SafetensorsEntry> Entries, IReadOnlyDictionary<string, string> Metadata)
{
    /// <summary>The longest header that is read.</summary>
    public const int MaxBytes = 100_000_000;

    private const string MetadataName = "__metadata__";

    /// <summary>The header for tensors that follow each other in this order, padded with spaces so that the data are aligned to 8 bytes.</summary>
    public static byte[] Format(IReadOnlyList<(string Name, Tensor Value)> entries, IReadOnlyDictionary<string, string>? metadata)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject(MetadataName);
                foreach (var (key, value) in metadata) json.WriteString(key, value);
                json.WriteEndObject();
            }
            var (names, begin) = (new HashSet<string> { MetadataName }, 0L);
            foreach (var (name, value) in entries)
            {
                if (!names.Add(name)) throw new ArgumentException($"A safetensors file cannot hold two entries named '{name}'.");
                var end = begin + (long)value.Shape.Count * sizeof(float);
                Format(json, name, value.Shape, begin, end);
                begin = end;
            }
            json.WriteEndObject();
        }
        while (bytes.Length % 8 != 0) bytes.WriteByte((byte)' ');
        return bytes.ToArray();
    }

    /// <summary>Reads and checks a header.</summary>
    /// <param name="bytes">The header.</param>
    /// <param name="dataStart">Where the data begin in the file.</param>
    /// <param name="fileLength">The length of the whole file.</param>
    public static SafetensorsHeader Parse(byte[] bytes, out long dataStart, long fileLength)
    {
        dataStart = sizeof(ulong) + bytes.Length;
        using var json = JsonDocument.Parse(bytes);
        if (json.RootElement.ValueKind != JsonValueKind.Object) throw new FormatException("the header is not a JSON object");
        var (names, entries, metadata) = (new HashSet<string>(), new List<SafetensorsEntry>(), new Dictionary<string, string>());
        foreach (var property in json.RootElement.EnumerateObject())
        {
            if (!names.Add(property.Name)) throw new FormatException($"it names '{property.Name}' twice");
            if (property.Name == MetadataName) ParseMetadata(property.Value, metadata);
            else entries.Add(ParseEntry(property.Name, property.Value));
        }
        entries.Sort(static (x, y) => (x.Begin, x.End).CompareTo((y.Begin, y.End)));
        CheckCover(entries, fileLength - dataStart);
        return new SafetensorsHeader(entries, metadata);
    }

    private static void Format(Utf8JsonWriter json, string name, Shape shape, long begin, long end)
    {
        json.WriteStartObject(name);
        json.WriteString("dtype", "F32");
        json.WriteStartArray("shape");
        for (var axis = 0; axis < shape.Rank; axis++) json.WriteNumberValue(shape[axis]);
        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void ParseMetadata(JsonElement json, Dictionary<string, string> metadata)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FormatException("its metadata are not a JSON object");
        foreach (var property in json.EnumerateObject())
        {
            if (property.Value.ValueKind != JsonValueKind.String) throw new FormatException($"its metadata entry '{property.Name}' is not a string");
            if (!metadata.TryAdd(property.Name, property.Value.GetString()!)) throw new FormatException($"its metadata name '{property.Name}' twice");
        }
    }

    private static SafetensorsEntry ParseEntry(string name, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object) throw new FormatException($"'{name}' is not described by a JSON object");
        var type = json.TryGetProperty("dtype", out var dtype) && dtype.ValueKind == JsonValueKind.String
            ? dtype.GetString()
            : throw new FormatException($"'{name}' has no dtype");
        var known = Array.Find(SafetensorsType.All, known => known.Name == type) ?? throw new FormatException(
            $"'{name}' has the dtype '{type}', which is not one of {string.Join(", ", SafetensorsType.All.Select(known => known.Name))}");
        var axes = Numbers(name, json, "shape");
        var offsets = Numbers(name, json, "data_offsets");
        if (offsets.Count != 2 || offsets[0] > offsets[1]) throw new FormatException($"the data_offsets of '{name}' are not a begin and an end");
        if (axes.Count > 4) throw new FormatException($"'{name}' has {axes.Count} axes; the most is 4");
        var count = 1L;
        foreach (var length in axes)
        {
            if (length > 0 && count > int.MaxValue / length)
                throw new FormatException($"'{name}' has more elements than a tensor can hold, 2,147,483,647");
            count *= length;
        }
        if (count * known.Bytes != offsets[1] - offsets[0])
            throw new FormatException(
                $"'{name}' needs {count * known.Bytes} bytes for its shape and {type}, but its data_offsets span {offsets[1] - offsets[0]}");
        return new SafetensorsEntry(name, known, new Shape([.. axes.Select(length => (int)length)]), offsets[0], offsets[1]);
    }

    private static List<long> Numbers(string name, JsonElement json, string property)
    {
        if (!json.TryGetProperty(property, out var array) || array.ValueKind != JsonValueKind.Array)
            throw new FormatException($"'{name}' has no {property}");
        var numbers = new List<long>(array.GetArrayLength());
        foreach (var item in array.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.Number || !item.TryGetInt64(out var number) || number < 0)
                throw new FormatException($"the {property} of '{name}' hold {item.GetRawText()}, which is not a whole number from 0 on");
            numbers.Add(number);
        }
        return numbers;
    }

    /// <summary>Entries in order must follow each other without a gap and end with the file.</summary>
    private static void CheckCover(List<SafetensorsEntry> entries, long dataBytes)
    {
        var (end, last) = (0L, "the header");
        foreach (var entry in entries)
        {
            if (entry.End > dataBytes) throw new FormatException($"'{entry.Name}' ends at byte {entry.End} of {dataBytes}; the file may be cut off");
            if (entry.Begin < end) throw new FormatException($"'{entry.Name}' overlaps '{last}'");
            if (entry.Begin > end) throw new FormatException($"bytes {end} to {entry.Begin} before '{entry.Name}' belong to nothing");
            (end, last) = (entry.End, entry.Name);
        }
        if (end != dataBytes) throw new FormatException($"bytes {end} to {dataBytes} at its end belong to nothing");
    }
}
