namespace Bulwark.Cli.Tests;

public class SuggestTests
{
    [Theory]
    [InlineData("bpr", "bpr", 0)]
    [InlineData("brp", "bpr", 1)]            // one swap
    [InlineData("bp", "bpr", 1)]
    [InlineData("kitten", "sitting", 3)]     // k→s, e→i, +g
    [InlineData("", "abc", 3)]
    public void Distance_counts_edits(string a, string b, int edits)
    {
        Assert.Equal(edits, Suggest.Distance(a, b));
        Assert.Equal(edits, Suggest.Distance(b, a));
    }

    [Fact]
    public void A_near_name_is_suggested() => Assert.Equal("Unknown model 'brp'. Did you mean 'bpr'?", Suggest.Unknown("model", "brp", ["bpr", "neumf"]));

    [Fact]
    public void Without_a_near_name_all_are_listed() =>
        Assert.Equal("Unknown model 'xyzzy'. There are: bpr, neumf.", Suggest.Unknown("model", "xyzzy", ["bpr", "neumf"]));
}
