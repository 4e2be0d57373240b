using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;

namespace Bulwark.Models.Text;

/// <summary>A text encoder as a folder that published models come in: config.json, vocab.txt or tokenizer.json, and model.safetensors.</summary>
/// <param name="Model">The formula.</param>
/// <param name="At">Its values.</param>
/// <param name="Pieces">Its tokenizer.</param>
public sealed record BertFolder(Bert Model, Point At, WordPiece Pieces)
{
    private const string Config = "config.json", Weights = "model.safetensors", Prefix = "bert.";

    /// <summary>Reads a folder. Weights of heads are left alone; nothing of the folder is executed.</summary>
    /// <exception cref="DataException">A file is missing, damaged, or does not fit the others: the sentence names it.</exception>
    public static BertFolder Read(string folder)
    {
        var config = BertConfig.Read(Path.Combine(folder, Config));
        var pieces = WordPieceFiles.Read(folder);
        if (pieces.Vocabulary.Count > config.VocabularySize)
            throw new DataException(folder, null, $"the vocabulary has {pieces.Vocabulary.Count} pieces, {Config} {config.VocabularySize}", "use files that belong together");
        var path = Path.Combine(folder, Weights);
        var values = Values(path);
        CheckSizes(path, values, config);
        var model = new Bert(config, values.ContainsKey("pooler.dense.weight"));
        return new(model, model.Start(new Rng(0)).Map((variable, value) => Value(path, values, variable.Name, value.Shape)), pieces);
    }

    /// <summary>What <see cref="WriteShape"/> wrote, with the values of <paramref name="at"/>'s choice instead of a file's.</summary>
    /// <param name="folder">Where it is.</param>
    /// <param name="at">The values of a formula.</param>
    /// <exception cref="DataException">A file is missing or damaged.</exception>
    public static BertFolder ReadShape(string folder, Func<Bert, Point> at)
    {
        var model = new Bert(BertConfig.Read(Path.Combine(folder, Config)));
        return new(model, at(model), WordPieceFiles.Read(folder));
    }

    /// <summary>Whether a folder has what <see cref="WriteShape"/> writes.</summary>
    public static bool HasShape(string folder) => File.Exists(Path.Combine(folder, Config));

    /// <summary>Writes all but the values: what is needed to make the formula again.</summary>
    public void WriteShape(string folder)
    {
        Directory.CreateDirectory(folder);
        Model.Config.Write(Path.Combine(folder, Config));
        WordPieceFiles.Write(folder, Pieces);
    }

    /// <summary>Writes the folder, each file complete or not at all.</summary>
    public void Write(string folder)
    {
        WriteShape(folder);
        var entries = new List<(string, Tensor)>();
        foreach (var variable in At.Variables) entries.Add((variable.Name, IsProduct(variable.Name) ? At[variable].Transpose() : At[variable]));
        Safetensors.Write(Path.Combine(folder, Weights), entries, new Dictionary<string, string> { ["format"] = "pt" });
    }

    /// <summary>Tensors by their names without the prefix that models with heads have, and norms by their present names.</summary>
    private static Dictionary<string, Tensor> Values(string path)
    {
        if (!File.Exists(path)) throw new DataException(path, null, "the file is missing", "add it; weights in other formats are not read");
        try
        {
            var values = new Dictionary<string, Tensor>();
            foreach (var (name, value) in Safetensors.Read(path).Entries)
                values[(name.StartsWith(Prefix, StringComparison.Ordinal) ? name[Prefix.Length..] : name).Replace(".gamma", ".weight").Replace(".beta", ".bias")] = value;
            return values;
        }
        catch (FormatException problem)
        {
            throw new DataException(path, null, problem.Message.TrimEnd('.'), "fetch the file again");
        }
    }

    /// <summary>Every size of config.json against a tensor that has it, before memory is taken for a model of that size.</summary>
    private static void CheckSizes(string path, Dictionary<string, Tensor> values, BertConfig config)
    {
        foreach (var (name, shape) in new (string, Shape)[]
        {
            ("embeddings.word_embeddings.weight", (config.VocabularySize, config.Hidden)),
            ("embeddings.position_embeddings.weight", (config.MaxPositions, config.Hidden)),
            ("embeddings.token_type_embeddings.weight", (config.Types, config.Hidden)),
            ($"encoder.layer.{config.Layers - 1}.output.dense.weight", (config.Intermediate, config.Hidden)),
        }) Value(path, values, name, shape);
    }

    private static Tensor Value(string path, Dictionary<string, Tensor> values, string name, Shape shape)
    {
        if (!values.TryGetValue(name, out var value)) throw new DataException(path, null, $"it has no '{name}'", "use the weights that belong to config.json");
        if (IsProduct(name) && value.Shape.Rank == 2) value = value.Transpose();                 // stored as (out, in)
        if (value.Shape != shape) throw new DataException(path, null, $"'{name}' is {value.Shape} instead of {shape}", "use the weights that belong to config.json");
        foreach (var number in value.Values)
            if (!float.IsFinite(number)) throw new DataException(path, null, $"'{name}' holds {number}", "fetch the file again");
        return value;
    }

    /// <summary>Whether a matrix is multiplied by, not looked up in.</summary>
    private static bool IsProduct(string name) =>
        name.EndsWith(".weight", StringComparison.Ordinal) && !name.Contains("embeddings") && !name.Contains("LayerNorm");
}
