using Bulwark.Data;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tests.Data;
using Microsoft.Extensions.AI;

namespace Bulwark.Tests.Models.Text;

public sealed class EmbeddingTests
{
    private static readonly string[] Texts = ["white lamp", "", "the 灯 of the union jack", "white lamp", "holder"];

    private static TextEncoder Encoder(ulong seed = 1) => new(BertFolderTests.Small(seed), 12);

    [Fact]
    public async Task OurEncoderIsAnEmbeddingGenerator()
    {
        using var encoder = Encoder();
        var (made, vectors) = (await encoder.GenerateAsync(Texts), encoder.Vectors(Texts));
        Assert.Equal(new Shape(5, 8), vectors.Shape);
        Assert.Equal(vectors.Values.ToArray(), made.SelectMany(embedding => embedding.Vector.ToArray()));
        Assert.Equal(made[0].Vector.ToArray(), made[3].Vector.ToArray());
        Assert.NotEqual(made[0].Vector.ToArray(), made[4].Vector.ToArray());
        var (own, other) = (Model(encoder), Model(Encoder(2)));
        Assert.Equal((8, "bulwark"), (own.DefaultModelDimensions, own.ProviderName));
        Assert.Equal(own.DefaultModelId, Model(Encoder()).DefaultModelId);
        Assert.NotEqual(own.DefaultModelId, other.DefaultModelId);
        await Assert.ThrowsAsync<OperationCanceledException>(() => encoder.GenerateAsync(Texts, cancellationToken: new CancellationToken(true)));
    }

    [Fact]
    public void ATextsVectorDoesNotDependOnItsCompany()
    {
        var together = Encoder().Vectors(Texts).Values.ToArray().Chunk(8).ToArray();
        foreach (var (text, expected) in Texts.Zip(together))
            foreach (var (x, y) in expected.Zip(Encoder().Vectors([text]).Values.ToArray())) Assert.Equal(x, y, 1e-6f);
    }

    /// <summary>With all directions, products of rows are those of TF-IDF: texts without a word of others have nothing.</summary>
    [Fact]
    public void LatentVectorsAreThoseOfSharedWords()
    {
        string?[] texts = ["white lamp", "lamp white", null, "red lamp", "blue"];
        var x = ItemVectors.Latent(texts, 9, new Rng(1));
        Assert.Equal(new Shape(5, 2), x.Shape);                                                  // two words occur twice: lamp and white
        var products = x.MatMul(x, transposeY: true).Values.ToArray();
        Assert.Equal(1, products[0], 1e-4f);
        Assert.Equal(1, products[1], 1e-4f);
        var (lamp, white) = (Math.Log(6.0 / 4) + 1, Math.Log(6.0 / 3) + 1);                      // n = 3 and 2 of 5 texts, smoothed
        Assert.Equal(lamp / Math.Sqrt(lamp * lamp + white * white), products[3], 1e-4f);
        Assert.All(new[] { 10, 12, 20, 24 }, at => Assert.Equal(0, products[at], 1e-6f));
        Assert.Equal(1, ItemVectors.Latent(texts, 1, new Rng(1)).Shape[1]);
        Assert.Contains("in common", Assert.Throws<ArgumentException>(() => ItemVectors.Latent(["a", "b"], 2, new Rng(1))).Message);
    }

    [Fact]
    public async Task AnyGeneratorGivesItemVectors()
    {
        var generator = new Lengths();
        var vectors = await ItemVectors.OfAsync(generator, ["ab", null, " ", "abc"]);
        Assert.Equal([2, 1, 0, 0, 0, 0, 3, 1], vectors.Values.ToArray());
        Assert.Equal(["ab", "abc"], generator.Asked);
        await Assert.ThrowsAsync<ArgumentException>(() => ItemVectors.OfAsync(generator, [null, ""]));
        await Assert.ThrowsAsync<InvalidOperationException>(() => ItemVectors.OfAsync(new Lengths { Ragged = true }, ["a", "b"]));
    }

    [Fact]
    public async Task ACacheAsksForEachTextOnceAndOutlivesTheProcess()
    {
        using var folder = new TempFolder();
        var (path, generator) = (Path.Combine(folder.Path, "cache.safetensors"), new Lengths());
        var first = await new CachedEmbeddings(generator, path).GenerateAsync(["ab", "abc", "ab"]);
        Assert.Equal([2, 3, 2], first.Select(embedding => embedding.Vector.Span[0]));
        var later = new CachedEmbeddings(generator, path);
        var second = await later.GenerateAsync(["abc", "abcd"]);
        Assert.Equal([3, 4], second.Select(embedding => embedding.Vector.Span[0]));
        await later.GenerateAsync(["ab", "abcd"]);
        Assert.Equal(["ab", "abc", "abcd"], generator.Asked);
        Assert.Equal([path], Directory.GetFiles(folder.Path));           // nothing half-written stays behind
        Assert.DoesNotContain("abcd", File.ReadAllText(path));
    }

    [Fact]
    public async Task ACacheOfAnotherModelOrADamagedOneIsRefused()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "cache.safetensors");
        await new CachedEmbeddings(new Lengths(), path).GenerateAsync(["ab"]);
        var other = await Assert.ThrowsAsync<DataException>(() => new CachedEmbeddings(new Lengths { Name = "other" }, path).GenerateAsync(["ab"]));
        Assert.Contains("'lengths', not of 'other'", other.Message);
        File.WriteAllBytes(path, File.ReadAllBytes(path)[..^4]);
        var damaged = await Assert.ThrowsAsync<DataException>(() => new CachedEmbeddings(new Lengths(), path).GenerateAsync(["ab"]));
        Assert.Contains("remove it", damaged.Message);
    }

    [Fact]
    public async Task AFailureLeavesTheCacheAsItWas()
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "cache.safetensors");
        await new CachedEmbeddings(new Lengths(), path).GenerateAsync(["ab"]);
        var before = File.ReadAllBytes(path);
        await Assert.ThrowsAsync<IOException>(() => new CachedEmbeddings(new Lengths { Fails = true }, path).GenerateAsync(["abc"]));
        Assert.Equal(before, File.ReadAllBytes(path));
    }

    /// <summary>Whitened vectors have mean 0 and covariance 1, and keep no direction without variance.</summary>
    [Fact]
    public void WhitenedVectorsAreUncorrelated()
    {
        var raw = Tensor.Gaussian((200, 3), 1, new Rng(1)).MatMul(Tensor.Of((3, 4), 5, 1, 0, 2, 0, 1, 1, 0, 0, 0, 0.1f, 0)) + 7;     // of rank 3
        var told = Tensor.Concat(0, raw, Tensor.Zeros((1, 4)));
        var white = ItemVectors.Whitened(told);
        Assert.Equal(new Shape(201, 3), white.Shape);
        var covariance = white.MatMul(white, transposeX: true) * (1f / 200);
        for (var i = 0; i < 9; i++) Assert.Equal(i % 4 == 0 ? 1 : 0, covariance.Values[i], 1e-3f);
        Assert.All(white.Sum(0).Values.ToArray(), sum => Assert.Equal(0, sum, 0.01f));
        Assert.Equal([0, 0, 0], white.Values[^3..].ToArray());
        Assert.Throws<ArgumentException>(() => ItemVectors.Whitened(Tensor.Full((3, 2), 1)));
    }

    private static EmbeddingGeneratorMetadata Model(TextEncoder encoder) => (EmbeddingGeneratorMetadata)encoder.GetService(typeof(EmbeddingGeneratorMetadata))!;

    /// <summary>(length, 1) for each text, and what was asked.</summary>
    private sealed class Lengths : IEmbeddingGenerator<string, Embedding<float>>
    {
        public List<string> Asked { get; } = [];

        public string Name { get; init; } = "lengths";

        public bool Ragged { get; init; }

        public bool Fails { get; init; }

        public Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
            IEnumerable<string> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
        {
            if (Fails) throw new IOException("The service is away.");
            var before = Asked.Count;
            Asked.AddRange(values);
            return Task.FromResult(new GeneratedEmbeddings<Embedding<float>>(
                Asked.Skip(before).Select((text, at) => new Embedding<float>(new float[] { text.Length, 1 }.AsMemory(0, Ragged && at > 0 ? 1 : 2)))));
        }

        public object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceType == typeof(EmbeddingGeneratorMetadata) ? new EmbeddingGeneratorMetadata("test", defaultModelId: Name) : null;

        public void Dispose() { }
    }
}
