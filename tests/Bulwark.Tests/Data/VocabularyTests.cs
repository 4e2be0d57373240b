using Bulwark.Data;

namespace Bulwark.Tests.Data;

public class VocabularyTests
{
    [Fact]
    public void Ids_are_numbered_in_order_of_first_appearance()
    {
        var vocabulary = new Vocabulary(["b", "a", "b", "c"]);

        Assert.Equal(["b", "a", "c"], vocabulary.Ids);
        Assert.True(vocabulary.TryGet("c", out var index));
        Assert.Equal(2, index);
        Assert.Equal("a", vocabulary[1]);
        Assert.Equal(1, vocabulary.GetOrAdd("a".AsSpan()));
        Assert.False(vocabulary.TryGet("d", out _));
    }

    [Fact]
    public void Ids_are_opaque()
    {
        string[] ids = ["1", "01", " 1", "1.0", "A", "a", "é", "e\u0301", "中文"];

        Assert.Equal(ids, new Vocabulary(ids).Ids);
    }

    [Fact]
    public void A_frozen_vocabulary_gives_known_ids_and_takes_no_new_ones()
    {
        var vocabulary = new Vocabulary(["a"]);
        vocabulary.Freeze();

        Assert.Equal(0, vocabulary.GetOrAdd("a"));
        var error = Assert.Throws<InvalidOperationException>(() => vocabulary.GetOrAdd("b"));
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);

        var copy = vocabulary.Copy();
        Assert.Equal(1, copy.GetOrAdd("b"));
        Assert.Equal(1, vocabulary.Count);
    }
}
