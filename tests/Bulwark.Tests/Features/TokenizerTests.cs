using Bulwark.Features;

namespace Bulwark.Tests.Features;

public sealed class TokenizerTests
{
    [Theory]
    [InlineData("WHITE HANGING HEART T-LIGHT HOLDER", "white hanging heart t light holder")]
    [InlineData("  60's café, 24cm ", "60 s café 24cm")]
    [InlineData("竹 Lamp灯", "lamp")]
    [InlineData("…", "")]
    public void WordsAreRunsOfLettersAndDigits(string text, string expected) => Assert.Equal(expected, string.Join(' ', new WordTokenizer().Tokens(text)));

    [Theory]
    [InlineData(2, "橡木台灯 Lamp 灯", "橡木 木台 台灯 灯")]
    [InlineData(1, "橡木，灯", "橡 木 灯")]
    [InlineData(3, "橡木台灯", "橡木台 木台灯")]
    [InlineData(2, "𠀀𠀁𠀂", "𠀀𠀁 𠀁𠀂")]                         // characters beyond the first plane are one character each
    [InlineData(2, "no Chinese", "")]
    public void ChineseIsGramsOfCharacters(int n, string text, string expected) => Assert.Equal(expected, string.Join(' ', new HanTokenizer(n).Tokens(text)));

    [Fact]
    public void MixedTextsHaveBoth() =>
        Assert.Equal(["belara", "604", "简约", "约台", "台灯"], JoinedTokenizer.EnglishAndChinese.Tokens("Belara 简约台灯 604"));

    [Fact]
    public void AGramHasACharacter() => Assert.Throws<ArgumentOutOfRangeException>(() => new HanTokenizer(0));
}
