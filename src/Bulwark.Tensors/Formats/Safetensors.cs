using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Bulwark.Tensors.Formats;

/// <summary>
/// Tensors in a safetensors file: eight bytes with the length of a JSON header, the header (for each name a type, a shape and where its bytes lie), the
/// bytes. Reading executes nothing and believes nothing that it has not checked.
/// </summary>
public static class Safetensors
{
    private const int ChunkBytes = 1 << 20;

    /// <summary>Writes named tensors as float32. The file appears complete or not at all: it is written aside and then renamed.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="entries">Names, each once, and values.</param>
    /// <param name="metadata">Strings to keep with them.</param>
    /// <exception cref="ArgumentException">A name occurs twice or is the reserved <c>__metadata__</c>.</exception>
    public static void Write(
        string path, IReadOnlyList<(string Name, Tensor Value)> entries, IReadOnlyDictionary<string, string>? metadata = null)
    {
        var header = SafetensorsHeader.Format(entries, metadata);
        var aside = path + ".partial";
        try
        {
            using (var file = new FileStream(aside, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                Span<byte> length = stackalloc byte[sizeof(ulong)];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var (_, value) in entries) WriteValues(file, value.Values);
                file.Flush(flushToDisk: true);
            }
            File.Move(aside, path, overwrite: true);
        }
        catch
        {
            File.Delete(aside);
            throw;
        }
    }

    /// <summary>
    /// Reads all tensors, in the order of their bytes. F32 is read as it is; F16, BF16, F64, I64, I32 and U8 become float32, rounded to nearest.
    /// </summary>
    /// <exception cref="FormatException">The file is damaged, or holds what we do not read: the sentence names the file and the problem.</exception>
    public static (IReadOnlyList<(string Name, Tensor Value)> Entries, IReadOnlyDictionary<string, string> Metadata) Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var header = SafetensorsHeader.Parse(ReadHeader(file), out var start, file.Length);
            var entries = new List<(string, Tensor)>(header.Entries.Count);
            file.Position = start;
            foreach (var entry in header.Entries) entries.Add((entry.Name, ReadValues(file, entry)));
            return (entries, header.Metadata);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or EndOfStreamException or InvalidOperationException)
        {
            var reason = problem switch
            {
                JsonException => $"the header is not JSON ({problem.Message.TrimEnd('.')})",
                InvalidOperationException => "the header holds text that is not Unicode",   // found only when a string is taken out
                _ => problem.Message,
            };
            throw new FormatException($"'{path}' is not a safetensors file that we can read: {reason}.", problem);
        }
    }

    private static byte[] ReadHeader(FileStream file)
    {
        Span<byte> bytes = stackalloc byte[sizeof(ulong)];
        if (file.Length < bytes.Length) throw new FormatException($"it has {file.Length} bytes, and the length of the header alone takes 8");
        file.ReadExactly(bytes);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        if (length > SafetensorsHeader.MaxBytes)
            throw new FormatException($"it claims a header of {length} bytes; the most is {SafetensorsHeader.MaxBytes}");
        if ((long)length > file.Length - bytes.Length)
            throw new FormatException($"it claims a header of {length} bytes, but only {file.Length - bytes.Length} follow; it may be cut off");
        var header = new byte[length];
        file.ReadExactly(header);
        return header;
    }

    private static void WriteValues(FileStream file, ReadOnlySpan<float> values)
    {
        const int chunk = ChunkBytes / sizeof(float);
        for (; values.Length > 0; values = values[Math.Min(chunk, values.Length)..])
            file.Write(MemoryMarshal.AsBytes(values[..Math.Min(chunk, values.Length)]));
    }

    private static Tensor ReadValues(FileStream file, SafetensorsEntry entry)
    {
        var result = Tensor.Uninitialized(entry.Shape);
        var to = result.Writable;
        var buffer = new byte[Math.Min(ChunkBytes, (long)to.Length * entry.Type.Bytes)];
        while (to.Length > 0)
        {
            var count = Math.Min(ChunkBytes / entry.Type.Bytes, to.Length);
            var bytes = buffer.AsSpan(0, count * entry.Type.Bytes);
            file.ReadExactly(bytes);
            entry.Type.Convert(bytes, to[..count]);
            to = to[count..];
        }
        return result;
    }
}
