using Bulwark.Data;
using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Tensors.Formats;
using Bulwark.Tests.Data;

namespace Bulwark.Tests.Models.Text;

public sealed class BertFolderTests
{
    private static readonly WordPiece Pieces = new(WordPieceExamples.Vocabulary.Split(' '));

    internal static BertFolder Small(ulong seed = 1, bool pooler = false)
    {
        var model = new Bert(new BertConfig(Pieces.Vocabulary.Count, 8, 2, 2, 12, MaxPositions: 16), pooler);
        return new(model, model.Start(new Rng(seed)).Map((variable, value) => value + Tensor.Gaussian(value.Shape, 0.2f, new Rng(seed).Fork(variable.Name))), Pieces);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void WhatIsWrittenIsRead(bool pooler)
    {
        using var folder = new TempFolder();
        var written = Small(pooler: pooler);
        written.Write(folder.Path);
        var read = BertFolder.Read(folder.Path);
        Assert.Equal(written.Model.Config, read.Model.Config);
        Assert.Equal(pooler, read.Model.HasPooler);
        Assert.Equal(Values(written.At), Values(read.At));
        Assert.Equal(written.Pieces.Vocabulary, read.Pieces.Vocabulary);
        Assert.Equal(4, Directory.GetFiles(folder.Path).Length);         // nothing half-written stays behind
    }

    /// <summary>Models with heads put a prefix before the encoder's names, and old ones call gain and bias of norms gamma and beta.</summary>
    [Fact]
    public void OtherNamesOfTheSameWeightsAreRead()
    {
        using var folder = new TempFolder();
        var written = Small();
        written.Write(folder.Path);
        var path = Path.Combine(folder.Path, "model.safetensors");
        var entries = Safetensors.Read(path).Entries.Select(entry =>
            ("bert." + entry.Name.Replace("LayerNorm.weight", "LayerNorm.gamma").Replace("LayerNorm.bias", "LayerNorm.beta"), entry.Value));
        Safetensors.Write(path, [.. entries, ("cls.predictions.bias", Tensor.Zeros(3))]);
        Assert.Equal(Values(written.At), Values(BertFolder.Read(folder.Path).At));
    }

    /// <summary>Matrices are stored as (out, in): row o of the file is what output o is made of.</summary>
    [Fact]
    public void MatricesAreStoredAsPublishedModelsStoreThem()
    {
        using var folder = new TempFolder();
        var written = Small();
        written.Write(folder.Path);
        var stored = Safetensors.Read(Path.Combine(folder.Path, "model.safetensors")).Entries.Single(entry => entry.Name == "encoder.layer.1.intermediate.dense.weight").Value;
        var own = Values(written.At)["encoder.layer.1.intermediate.dense.weight"];
        Assert.Equal(new Shape(12, 8), stored.Shape);
        for (var o = 0; o < 12; o++) for (var i = 0; i < 8; i++) Assert.Equal(own[i * 12 + o], stored.Values[o * 8 + i]);
    }

    [Theory]
    [InlineData("config.json", "{\"vocab_size\": 30", "cut off")]
    [InlineData("config.json", "{\"vocab_size\": 30}", "hidden_size")]
    [InlineData("config.json", null, "missing")]
    [InlineData("vocab.txt", "[PAD]\n[UNK]\n[CLS]\n[SEP]\nlamp\n", "[MASK]")]
    [InlineData("vocab.txt", null, "neither")]
    [InlineData("model.safetensors", "short", "safetensors")]
    [InlineData("model.safetensors", null, "missing")]
    public void DamagedFilesAreNamedInASentence(string name, string? text, string says)
    {
        using var folder = new TempFolder();
        Small().Write(folder.Path);
        if (text is null) File.Delete(Path.Combine(folder.Path, name));
        else folder.Write(name, text);
        AssertRefused(folder, says);
    }

    [Fact]
    public void AlteredWeightsAreRefused()
    {
        using var folder = new TempFolder();
        Small().Write(folder.Path);
        var path = Path.Combine(folder.Path, "model.safetensors");
        var (bytes, entries) = (File.ReadAllBytes(path), Safetensors.Read(path).Entries);
        File.WriteAllBytes(path, bytes[..^8]);
        AssertRefused(folder, "cut off");
        Safetensors.Write(path, [.. entries.Skip(1)]);
        AssertRefused(folder, entries[0].Name);
        Safetensors.Write(path, [.. entries.Skip(1), (entries[0].Name, Tensor.Zeros((2, 2)))]);
        AssertRefused(folder, "(2, 2)");
        Safetensors.Write(path, [.. entries.Skip(1), (entries[0].Name, Tensor.Full(entries[0].Value.Shape, float.NaN))]);
        AssertRefused(folder, "NaN");
    }

    [Theory]
    [InlineData("hidden_act", "\"relu\"")]
    [InlineData("model_type", "\"roberta\"")]
    [InlineData("position_embedding_type", "\"relative_key\"")]
    [InlineData("num_attention_heads", "3")]
    [InlineData("vocab_size", "7")]
    [InlineData("num_hidden_layers", "9999999")]
    [InlineData("intermediate_size", "9999999")]
    [InlineData("hidden_size", "8888888")]
    [InlineData("hidden_size", "2000000000")]
    [InlineData("layer_norm_eps", "\"small\"")]
    public void OtherArchitecturesAreRefused(string key, string value)
    {
        using var folder = new TempFolder();
        Small().Write(folder.Path);
        var path = Path.Combine(folder.Path, "config.json");
        var json = System.Text.Json.Nodes.JsonNode.Parse(File.ReadAllText(path))!;
        json[key] = System.Text.Json.Nodes.JsonNode.Parse(value);
        File.WriteAllText(path, json.ToJsonString());
        Assert.Throws<DataException>(() => BertFolder.Read(folder.Path));
    }

    private static void AssertRefused(TempFolder folder, string says)
    {
        var problem = Assert.Throws<DataException>(() => BertFolder.Read(folder.Path)).Message;
        Assert.Contains(says, problem);
        Assert.DoesNotContain('\n', problem);
    }

    private static SortedDictionary<string, float[]> Values(Point at) =>
        new(at.Variables.ToArray().ToDictionary(variable => variable.Name, variable => at[variable].Values.ToArray()));
}
