using Bulwark.Server.Monitoring;

namespace Bulwark.Server.Tests.Monitoring;

public sealed class AlarmTests
{
    [Theory]
    [InlineData(AlarmKind.HitRate, "HR@10 is 0.300 where 0.500 is usual and 0.400 the least; look at the newest update")]
    [InlineData(AlarmKind.Drift, "moved by 0.300 bits since the windows before, above all to 'item 4', 'item 5', where 0.400 is the most by chance; see")]
    [InlineData(AlarmKind.Stale, "What is taken is 0.300 bits from training")]
    [InlineData(AlarmKind.Surge, "'item 4', 'item 5' were taken by 0 accounts where 0.5 were expected for the first of them; see")]
    [InlineData(AlarmKind.NewAccounts, "'item 4', 'item 5' were taken by new accounts (30% of those who took them, where 50% is usual): 'user 1', 'user 2', 'user 3' and 1 more;")]
    [InlineData(AlarmKind.Devoted, "'item 4', 'item 5' were taken by accounts that take hardly anything else (30% of those who took them, where 50% is usual): 'user 1'")]
    [InlineData(AlarmKind.InStep, "4 accounts act in step, 'user 1', 'user 2', 'user 3' and 1 more, on 'item 4', 'item 5'; hold them out of updates")]
    [InlineData(AlarmKind.RankLift, "stood in the lists of 30% of those who took them, where 50% is usual")]
    public void ItSaysWhatIsWrongAndWhatToDo(AlarmKind kind, string expected)
    {
        var alarm = new Alarm(kind, 7, 0, new(0.3, 0.5, 0.4), [4, 5], [1, 2, 3, 8]);
        var sentence = alarm.Sentence(item => $"item {item}", user => $"user {user}");
        Assert.Contains(expected, sentence);
        Assert.Single(sentence, c => c == ';');
        Assert.EndsWith(".", sentence);
    }
}
