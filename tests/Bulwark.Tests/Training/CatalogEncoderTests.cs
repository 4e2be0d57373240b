using Bulwark.Models.Text;
using Bulwark.Tensors;
using Bulwark.Training;

namespace Bulwark.Tests.Training;

public sealed class CatalogEncoderTests
{
    /// <summary>A color stands twice in each text: who fills the one hole from the other learns that texts of a color belong together.</summary>
    private static readonly string[] Texts =
        [.. from color in new[] { "red", "blue", "green" } from thing in new[] { "lamp", "cup", "bag", "hat" } from size in new[] { "big", "small" } select $"{color} {thing} {color} {size}"];

    private static readonly CatalogEncoderOptions Small = new(16, 1, 2, 60, 8, 200, 0.25f, 0.005f);

    /// <summary>Whitened as the command does it, the cosine of unlike things of one color is above that of like things of two.</summary>
    [Fact]
    public void TextsWithMoreInCommonLieTogether()
    {
        var vectors = ItemVectors.Whitened(CatalogEncoder.Learn(Texts, Small, new Rng(1)).Vectors(Texts)).Slice(1, 0, 4);
        double same = 0, other = 0;
        for (var a = 0; a < Texts.Length; a++)
            for (var b = 0; b < a; b++)
            {
                var cosine = Cosine(vectors, a, b);
                if (Texts[a].Split(' ')[0] == Texts[b].Split(' ')[0]) same += cosine / (3 * 28);  // 3 colors of 8 · 7 / 2 pairs
                else other += cosine / (3 * 64);                                                  // 3 pairs of colors of 8 · 8
            }
        Assert.True(same > other + 0.3, $"{same:F2} against {other:F2}");
    }

    [Fact]
    public void SeedAndSettingsDecideEverything()
    {
        var quick = Small with { Epochs = 2 };
        float[] Of(CatalogEncoderOptions options, ulong seed = 1) =>
            CatalogEncoder.Learn(Texts, options, new Rng(seed)).Vectors(["red lamp"]).Values.ToArray();
        Assert.Equal(Of(quick), Of(quick));
        CatalogEncoderOptions[] changed =
        [
            quick with { Hidden = 32 }, quick with { Layers = 2 }, quick with { Heads = 4 }, quick with { Pieces = 30 }, quick with { Length = 5 },
            quick with { Epochs = 3 }, quick with { Share = 0.5f }, quick with { Rate = 0.001f },
        ];
        Assert.All(changed, options => Assert.NotEqual(Of(quick), Of(options)));
        Assert.NotEqual(Of(quick), Of(quick, 2));
        Assert.Throws<ArgumentException>(() => CatalogEncoder.Learn([" ", null], Small, new Rng(1)));
    }

    private static double Cosine(Tensor rows, int a, int b)
    {
        var (x, y) = (rows.Rows(new Ids(a)), rows.Rows(new Ids(b)));
        return x.Dot(y).Item() / Math.Sqrt(x.Dot(x).Item() * y.Dot(y).Item());
    }
}
