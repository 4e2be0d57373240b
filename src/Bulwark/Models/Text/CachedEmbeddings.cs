using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Bulwark.Data;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Microsoft.Extensions.AI;

namespace Bulwark.Models.Text;

/// <summary>
/// Embeddings that were made before come from a file; others are asked of the generator behind it, each text once, and added to the file, which is
/// written aside and then renamed. The file holds hashes of the texts, not the texts.
/// </summary>
/// <param name="inner">Who makes embeddings. Its model's id is part of the file: another model's vectors are never given.</param>
/// <param name="path">The file, of safetensors; made at the first call.</param>
public sealed class CachedEmbeddings(IEmbeddingGenerator<string, Embedding<float>> inner, string path)
    : DelegatingEmbeddingGenerator<string, Embedding<float>>(inner)
{
    private const string Vectors = "vectors", Texts = "texts", Model = "model";
    private readonly SemaphoreSlim _turn = new(1);
    private Dictionary<string, float[]>? _known;

    /// <inheritdoc/>
    /// <exception cref="DataException">The file is damaged, or belongs to another model.</exception>
    public override async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var model = options?.ModelId ?? this.GetService<EmbeddingGeneratorMetadata>()?.DefaultModelId ?? "";
        if (options?.Dimensions is { } dimension) model += $" of {dimension} numbers";
        string[] texts = [.. values], keys = [.. texts.Select(Key)];
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            _known ??= Read(model);
            var missing = texts.Zip(keys).Where(pair => !_known.ContainsKey(pair.Second)).DistinctBy(pair => pair.Second).ToArray();
            if (missing.Length > 0)
            {
                var made = await base.GenerateAsync(missing.Select(pair => pair.First), options, cancellationToken).ConfigureAwait(false);
                if (made.Count != missing.Length) throw new InvalidOperationException($"The generator gave {made.Count} vectors for {missing.Length} texts.");
                foreach (var (pair, embedding) in missing.Zip(made)) _known[pair.Second] = embedding.Vector.ToArray();
                Write(model, _known);
            }
            return new(keys.Select(key => new Embedding<float>(_known[key])));
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing) _turn.Dispose();
        base.Dispose(disposing);
    }

    private static string Key(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private Dictionary<string, float[]> Read(string model)
    {
        if (!File.Exists(path)) return [];
        try
        {
            var (entries, metadata) = Safetensors.Read(path);
            if (metadata.GetValueOrDefault(Model) is { } other && other != model)
                throw new DataException(path, null, $"it holds embeddings of '{other}', not of '{model}'", "name another file");
            if (entries is [(Vectors, { Shape.Rank: 2 } vectors)] && JsonSerializer.Deserialize<string[]>(metadata.GetValueOrDefault(Texts, "null")) is { } keys
                && keys.Length == vectors.Shape[0])
                return keys.Zip(vectors.Values.ToArray().Chunk(vectors.Shape[1])).ToDictionary(pair => pair.First, pair => pair.Second);
        }
        catch (Exception problem) when (problem is FormatException or JsonException or ArgumentException) { }
        throw new DataException(path, null, "it is not a cache of embeddings, or is damaged", "remove it, and the embeddings are made again");
    }

    private void Write(string model, Dictionary<string, float[]> known)
    {
        string[] keys = [.. known.Keys.Order(StringComparer.Ordinal)];
        var dimension = known[keys[0]].Length;
        var vectors = Tensor.Of((keys.Length, dimension), [.. keys.SelectMany(key => known[key])]);
        var metadata = new Dictionary<string, string> { [Model] = model, [Texts] = JsonSerializer.Serialize(keys) };
        Safetensors.Write(path, [(Vectors, vectors)], metadata);
    }
}
