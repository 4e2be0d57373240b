using System.Text.Json;
using Bulwark.Data;

namespace Bulwark.Models.Text;

/// <summary>WordPiece vocabularies in the files that published models bring: tokenizer.json, or vocab.txt with tokenizer_config.json.</summary>
internal static class WordPieceFiles
{
    public const string Vocabulary = "vocab.txt", Tokenizer = "tokenizer.json", Settings = "tokenizer_config.json";

    /// <summary>The tokenizer of a folder; vocab.txt counts where there are both.</summary>
    /// <exception cref="DataException">Neither file is there, or one is not what it should be.</exception>
    public static WordPiece Read(string folder)
    {
        var (lines, json) = (Path.Combine(folder, Vocabulary), Path.Combine(folder, Tokenizer));
        if (File.Exists(lines)) return Made(lines, Lines(lines), Words(Path.Combine(folder, Settings)));
        if (!File.Exists(json)) throw new DataException(folder, null, $"it has neither {Vocabulary} nor {Tokenizer}", "add the file that belongs to the model");
        using var document = JsonFile.Read(json);
        return FromJson(json, document.RootElement);
    }

    /// <summary>Writes vocab.txt and tokenizer_config.json, each complete or not at all.</summary>
    public static void Write(string folder, WordPiece pieces)
    {
        JsonFile.WriteText(Path.Combine(folder, Vocabulary), string.Concat(pieces.Vocabulary.Select(piece => piece + "\n")));
        JsonFile.Write(Path.Combine(folder, Settings), new { do_lower_case = pieces.Words.LowerCase, strip_accents = pieces.Words.StripAccents });
    }

    private static string[] Lines(string path)
    {
        var text = File.ReadAllText(path);
        return [.. (text.EndsWith('\n') ? text[..^1] : text).Split('\n').Select(line => line.TrimEnd('\r'))];
    }

    private static BasicTokenizer Words(string settings)
    {
        if (!File.Exists(settings)) return new();
        using var document = JsonFile.Read(settings);
        return new(Flag(document.RootElement, "do_lower_case") ?? true, Flag(document.RootElement, "strip_accents"));
    }

    private static WordPiece FromJson(string path, JsonElement root)
    {
        if (!root.TryGetProperty("model", out var model) || model.ValueKind != JsonValueKind.Object || Text(model, "type") is not (null or "WordPiece")
            || !model.TryGetProperty("vocab", out var vocabulary) || vocabulary.ValueKind != JsonValueKind.Object)
            throw new DataException(path, null, "it does not describe a WordPiece tokenizer", "use a model of BERT's kind");
        var pieces = new string?[vocabulary.EnumerateObject().Count()];
        foreach (var entry in vocabulary.EnumerateObject())
        {
            if (entry.Value.ValueKind != JsonValueKind.Number || !entry.Value.TryGetInt32(out var id) || (uint)id >= (uint)pieces.Length || pieces[id] is not null)
                throw new DataException(path, null, $"the id of '{entry.Name}' is not a number of its own below {pieces.Length}", "fetch the file again");
            pieces[id] = entry.Name;
        }
        if (Text(model, "continuing_subword_prefix") is { } prefix && prefix != WordPiece.Inside)
            throw new DataException(path, null, $"pieces inside a word begin with '{prefix}', not with {WordPiece.Inside}", "use a model of BERT's kind");
        var words = root.TryGetProperty("normalizer", out var normalizer) && normalizer.ValueKind == JsonValueKind.Object
            ? new BasicTokenizer(Flag(normalizer, "lowercase") ?? true, Flag(normalizer, "strip_accents")) : new BasicTokenizer();
        return Made(path, pieces!, words);
    }

    private static WordPiece Made(string path, string[] vocabulary, BasicTokenizer words)
    {
        try
        {
            return new(vocabulary, words);
        }
        catch (DataException problem)
        {
            throw new DataException(path, null, problem.Problem, problem.Remedy);
        }
    }

    private static bool? Flag(JsonElement json, string name) => json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value)
        ? value.ValueKind switch { JsonValueKind.True => true, JsonValueKind.False => false, _ => null } : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
