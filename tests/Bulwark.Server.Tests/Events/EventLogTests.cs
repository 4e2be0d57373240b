using Bulwark.Data;
using Bulwark.Server.Events;

namespace Bulwark.Server.Tests.Events;

public sealed class EventLogTests : IDisposable
{
    private static readonly TouchEvent First = new("u", "i", EventKind.View, 1), Second = new("u\n\"", "ü", EventKind.Rate, 2, 4.5f);
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private string Text => File.ReadAllText(_folder["events.jsonl"]);

    [Fact]
    public async Task WhatWasWrittenComesBackInOrderWithWhereTheModelLearned()
    {
        await using (var log = Open([]))
        {
            await log.Append([First, Second]);
            log.NoteLearned(1);
            await log.Append([First]);
        }
        Assert.Equal(4, Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        var past = new List<(TouchEvent, bool)>();
        await using (Open(past)) Assert.Equal([(First, true), (Second, false), (First, false)], past);
    }

    /// <summary>Each prefix of the file's bytes is what a crash may leave: the finished lines count, the rest goes, and writing goes on behind them.</summary>
    [Fact]
    public async Task WhereverAWriterDiesTheFinishedLinesStay()
    {
        await using (var log = Open([])) await log.Append([First, Second]);
        var whole = File.ReadAllBytes(_folder["events.jsonl"]);
        for (var length = 0; length <= whole.Length; length++)
        {
            File.WriteAllBytes(_folder["events.jsonl"], whole[..length]);
            var finished = whole[..length].Count(letter => letter == (byte)'\n');
            var (past, notices) = (new List<(TouchEvent, bool)>(), new List<string>());
            await using (var log = Open(past, notices)) await log.Append([First]);
            Assert.Equal(finished, past.Count);
            Assert.Equal(length > 0 && whole[length - 1] != '\n' ? 1 : 0, notices.Count);
            Assert.Equal(finished + 1, Text.Count(letter => letter == '\n'));
            Assert.EndsWith("}\n", Text);
        }
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("{\"user\":\"u\"}")]
    [InlineData("{\"learned\":0}")]
    [InlineData("{\"user\":\"u\",\"item\":\"i\",\"kind\":\"view\",\"time\":1,\"more\":1}")]
    [InlineData("")]
    public async Task ABadLineIsNamedAndNothingChanges(string bad)
    {
        await using (var log = Open([])) await log.Append([First]);
        File.AppendAllText(_folder["events.jsonl"], bad + "\n");
        var before = Text;
        var error = Assert.Throws<InvalidDataException>(() => Open([]));
        Assert.Contains("events.jsonl, line 2", error.Message);
        Assert.Equal(before, Text);
    }

    [Fact]
    public async Task OneLogHasOneWriter()
    {
        await using var log = Open([]);
        Assert.ThrowsAny<IOException>(() => Open([]));
    }

    /// <summary>Many writers at once: each is told after its events are on disk and heard, each event is there once, and hearing is in the order of the file.</summary>
    [Fact]
    public async Task ManyWriteAtOnce()
    {
        var heard = new List<TouchEvent>();
        await using (var log = EventLog.Open(_folder.Path, (_, _) => { }, _ => { }, heard.Add))
            await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => Task.Run(async () =>
            {
                for (var n = 0; n < 25; n++)
                {
                    var own = new TouchEvent($"w{writer}", $"{n}", EventKind.View, n);
                    await log.Append([own]);
                    lock (heard) Assert.Contains(own, heard.ToArray());
                }
            })));
        var past = new List<(TouchEvent Event, bool)>();
        await using (Open(past)) Assert.Equal(heard, past.Select(one => one.Event));
        Assert.Equal(200, heard.Distinct().Count());
        foreach (var own in heard.GroupBy(one => one.User)) Assert.Equal(Enumerable.Range(0, 25).Select(n => $"{n}"), own.Select(one => one.Item));
    }

    private EventLog Open(List<(TouchEvent, bool)> past, List<string>? notices = null) =>
        EventLog.Open(_folder.Path, (each, learned) => past.Add((each, learned)), (notices ?? []).Add, _ => { });
}
