using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Bulwark.Tensors;
using Microsoft.Extensions.AI;

namespace Bulwark.Models.Text;

/// <summary>
/// Texts to vectors: the mean of the encoder's last rows over a text's pieces. A text's vector does not depend on its company. Safe to call from several
/// threads at once; as an embedding generator it works on the calling thread.
/// </summary>
public sealed class TextEncoder : IEmbeddingGenerator<string, Embedding<float>>
{
    private const int Batch = 32;
    private readonly BertFolder _folder;
    private readonly int _most;
    private readonly Lazy<EmbeddingGeneratorMetadata> _metadata;

    /// <summary>An encoder that reads at most so many pieces of a text.</summary>
    /// <param name="folder">Formula, values and tokenizer; the values must not change while this is used.</param>
    /// <param name="most">The longest sequence, with [CLS] and [SEP]; at most the model's.</param>
    public TextEncoder(BertFolder folder, int most = 128)
    {
        (_folder, _most) = (folder with { At = folder.At.Settled() }, Math.Min(most, folder.Model.Config.MaxPositions));
        _metadata = new(() => new("bulwark", defaultModelId: $"bert-{Fingerprint()}", defaultModelDimensions: Dimension));
    }

    /// <summary>Formula, values and tokenizer.</summary>
    public BertFolder Folder => _folder;

    /// <summary>The longest sequence that it reads of a text.</summary>
    public int Longest => _most;

    /// <summary>The length of a vector.</summary>
    public int Dimension => _folder.Model.Config.Hidden;

    /// <summary>(texts, d).</summary>
    public Tensor Vectors(IReadOnlyList<string> texts, CancellationToken cancel = default)
    {
        var result = new float[texts.Count * Dimension];
        int[][] sequences = [.. texts.Select(text => _folder.Pieces.Encode(text, _most))];
        var order = Enumerable.Range(0, texts.Count).OrderBy(text => sequences[text].Length).ToArray();       // little padding
        var batch = new TokenBatch();
        foreach (var some in order.Chunk(Batch))
        {
            cancel.ThrowIfCancellationRequested();
            using var scope = Scope.Open();
            batch.Fill([.. some.Select(text => sequences[text])], _folder.Pieces.Pad);
            var means = Bert.Mean(_folder.Model.Of(_folder.At, batch), batch).Values;                           // (some, d)
            for (var b = 0; b < some.Length; b++) means.Slice(b * Dimension, Dimension).CopyTo(result.AsSpan(some[b] * Dimension));
        }
        return Tensor.Of((texts.Count, Dimension), result);
    }

    /// <inheritdoc/>
    public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        var vectors = Vectors([.. values], cancellationToken).Values.ToArray();
        return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(vectors.Chunk(Dimension).Select(vector => new Embedding<float>(vector))));
    }

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType == typeof(EmbeddingGeneratorMetadata) ? _metadata.Value
        : serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc/>
    public void Dispose() { }

    /// <summary>The same for the same weights, vocabulary and settings.</summary>
    private string Fingerprint()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var words = _folder.Pieces.Words;
        sha.AppendData(MemoryMarshal.AsBytes($"{_folder.Model.Config} {words.LowerCase} {words.StripAccents} {_most}\n{string.Join('\n', _folder.Pieces.Vocabulary)}".AsSpan()));
        foreach (var variable in _folder.At.Variables) sha.AppendData(MemoryMarshal.AsBytes(_folder.At[variable].Values));
        return Convert.ToHexStringLower(sha.GetHashAndReset())[..16];
    }
}
