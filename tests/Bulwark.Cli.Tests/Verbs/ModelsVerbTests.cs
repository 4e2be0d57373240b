using static Bulwark.Cli.Tests.CommandRun;

namespace Bulwark.Cli.Tests.Verbs;

public sealed class ModelsVerbTests
{
    [Theory]
    [InlineData("popularity", "")]
    [InlineData("itemknn", "model.neighbors=100 model.shrinkage=0 model.similarity=cosine model.asymmetry=0.5 model.weighting=none")]
    [InlineData("rp3beta", "model.neighbors=100 model.alpha=0.7 model.beta=0.2")]
    [InlineData("p3alpha", "model.neighbors=100 model.alpha=0.7")]
    [InlineData("ease", "model.ridge=500")]
    [InlineData("content", "content.columns=auto content.vectors=tf-idf")]
    [InlineData("attributes", "content.columns=auto")]
    [InlineData("ials", "model.dimension=64 model.ridge=0.007 model.unseen-weight=0.3 model.iterations=12")]
    public void AModelIsListedWithTheSettingsThatItReads(string model, string settings) => Assert.Equal(settings, Settings(model));

    [Fact]
    public void ModelsThatAreTrainedInStepsReadTheirTraining()
    {
        Assert.StartsWith("model.dimension=64 model.biases=no model.loss=bpr train.epochs=30 train.batch=512 train.rate=0.05", Settings("bpr"));
        Assert.Contains("train.negatives-per-click=4", Settings("neumf"));
        Assert.DoesNotContain("negatives", Settings("mf"));
        Assert.Contains("model.length=50 model.blocks=2 model.heads=1 model.loss=sampled", Settings("sasrec"));
        Assert.Contains("train.drawn=512", Settings("sasrec"));
        Assert.Contains("model.blocks=2 model.heads=2", Settings("bert4rec"));
        Assert.Contains("model.layers=3 model.loss=bpr", Settings("lightgcn"));
        Assert.Contains("content.vectors=attributes", Settings("vbpr"));
        Assert.StartsWith("train.epochs=10 train.batch=100 train.rate=0.001 train.optimizer=adam", Settings("mlp-classifier"));
    }

    private static string Settings(string model)
    {
        var (code, output, error) = Run("models", "--format", "json");
        Assert.True(code == 0, error);
        using var json = System.Text.Json.JsonDocument.Parse(output);
        return json.RootElement.EnumerateArray().Single(row => row.GetProperty("model").GetString() == model).GetProperty("settings").GetString() ?? "";
    }
}
