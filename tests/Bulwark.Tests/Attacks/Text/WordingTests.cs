using Bulwark.Attacks.Text;

namespace Bulwark.Tests.Attacks.Text;

public sealed class WordingTests
{
    [Theory]
    [InlineData("A red mug, 300ml.", "A|red|mug|300ml")]
    [InlineData("Corara 复古橡木椅 12", "Corara|复|古|橡|木|椅|12")]
    [InlineData("简约a杯", "简|约|a|杯")]
    [InlineData(" -- ", "")]
    [InlineData("", "")]
    public void WordsAreCutAndTheTextIsKept(string text, string words)
    {
        var wording = Wording.Of(text);
        Assert.Equal(words, string.Join('|', wording.Words));
        Assert.Equal(text, wording.ToString());
    }

    [Theory]
    [InlineData("A red mug.", 1, 1, "blue", "A blue mug.")]
    [InlineData("A red mug.", 1, 1, "", "A mug.")]
    [InlineData("A red mug.", 0, 1, "", "red mug.")]
    [InlineData("A red mug.", 3, 0, "set", "A red mug set.")]
    [InlineData("A red mug.", 0, 0, "Set", "Set A red mug.")]
    [InlineData("A red, big mug", 1, 2, "big red", "A big, red mug")]
    [InlineData("复古椅", 1, 1, "典", "复典椅")]
    [InlineData("复古椅", 3, 0, "凳", "复古椅凳")]
    [InlineData("复古椅", 0, 2, "现代", "现代椅")]
    [InlineData("复古椅", 0, 0, "oak", "oak 复古椅")]
    [InlineData("", 0, 0, "oak", "oak")]
    public void SplicesWorkedByHand(string text, int at, int count, string words, string expected) =>
        Assert.Equal(expected, Wording.Of(text).Splice(at, count, words.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToString());

    [Theory]
    [InlineData("a b c", "a b c", 0)]
    [InlineData("a b c", "a x c", 1)]                        // substituted
    [InlineData("a b c", "b a c", 1)]                        // swapped
    [InlineData("a b c", "a c", 1)]
    [InlineData("a b c", "a b c d", 1)]
    [InlineData("a b c", "d a b", 2)]                        // one inserted, one deleted
    [InlineData("复古椅", "现代椅", 2)]                       // two characters
    [InlineData("", "a b", 2)]
    public void DistancesWorkedByHand(string text, string other, int distance)
    {
        Assert.Equal(distance, Wording.Of(text).Distance(Wording.Of(other)));
        Assert.Equal(distance, Wording.Of(other).Distance(Wording.Of(text)));
    }
}
