using System.Text.Json;
using Bulwark.Data;

namespace Bulwark.Models.Text;

/// <summary>The sizes of a <see cref="Bert"/>.</summary>
/// <param name="VocabularySize">Rows of the table of pieces.</param>
/// <param name="Hidden">d, the length of a piece's row in every layer.</param>
/// <param name="Layers">Encoder layers.</param>
/// <param name="Heads">Attention heads; they divide d.</param>
/// <param name="Intermediate">Width inside each layer's two-layer network.</param>
/// <param name="MaxPositions">The longest sequence.</param>
/// <param name="Types">Rows of the table of segment types; texts are of type 0.</param>
/// <param name="Epsilon">ε of the layer norms.</param>
/// <param name="Dropout">Share dropped in training.</param>
public sealed record BertConfig(
    int VocabularySize, int Hidden, int Layers, int Heads, int Intermediate, int MaxPositions = 512, int Types = 2, float Epsilon = 1e-12f,
    float Dropout = 0.1f)
{
    internal const float Deviation = 0.02f;                  // of starting weights and rows, as published
    private const int Largest = 10_000_000;                  // of any size; no published model comes near

    /// <summary>Reads config.json.</summary>
    /// <exception cref="DataException">It is missing, damaged, or of a model that is not BERT's kind.</exception>
    public static BertConfig Read(string path)
    {
        using var document = JsonFile.Read(path);
        var json = document.RootElement;
        Only("hidden_act", "gelu");
        Only("position_embedding_type", "absolute");
        Only("model_type", "bert");
        var config = new BertConfig(
            Size("vocab_size"), Size("hidden_size"), Size("num_hidden_layers"), Size("num_attention_heads"), Size("intermediate_size"),
            Size("max_position_embeddings"), Size("type_vocab_size"), Number("layer_norm_eps", 1e-12f), Number("hidden_dropout_prob", 0.1f));
        return config.Hidden % config.Heads == 0 ? config : throw new DataException(
            path, null, $"its {config.Heads} heads do not divide the hidden size {config.Hidden}", "fetch the file again");

        int Size(string name)
        {
            if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var size) && size is > 0 and <= Largest)
                return size;
            throw new DataException(path, null, $"it has no whole number '{name}' from 1 to {Largest:N0}", "use the config.json of a BERT model");
        }

        float Number(string name, float otherwise) => !json.TryGetProperty(name, out var value) ? otherwise
            : value.ValueKind == JsonValueKind.Number && value.GetSingle() is >= 0 and < 1 and var number ? number
            : throw new DataException(path, null, $"its '{name}' is not a number in [0, 1)", "fetch the file again");

        void Only(string name, string expected)
        {
            if (json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() != expected)
                throw new DataException(path, null, $"its '{name}' is '{value.GetString()}'", $"use a model with '{expected}'");
        }
    }

    /// <summary>Writes config.json, complete or not at all.</summary>
    public void Write(string path) => JsonFile.Write(path, new
    {
        model_type = "bert",
        vocab_size = VocabularySize,
        hidden_size = Hidden,
        num_hidden_layers = Layers,
        num_attention_heads = Heads,
        intermediate_size = Intermediate,
        max_position_embeddings = MaxPositions,
        type_vocab_size = Types,
        layer_norm_eps = Epsilon,
        hidden_dropout_prob = Dropout,
        attention_probs_dropout_prob = Dropout,
        hidden_act = "gelu",
    });
}
