using Bulwark.Data;
using Bulwark.Features;

namespace Bulwark.Tests.Features;

public sealed class EventContextTests
{
    /// <summary>1970-01-01 00:00 was a Thursday (4); 90,061 s later it is Friday, 01:01; one second before it all it was Wednesday, 23:59.</summary>
    [Fact]
    public void MomentsHaveAnHourAndADayOfTheWeek()
    {
        var events = Of([0, 90_061, -1]);
        Assert.Equal((string[])["0", "1", "23"], EventContext.Hours(events).Texts.ToArray()!);
        Assert.Equal((string[])["4", "5", "3"], EventContext.Weekdays(events).Texts.ToArray()!);
        Assert.Throws<ArgumentException>(() => EventContext.Hours(Of(null)));
    }

    [Fact]
    public void CategoriesAreNumberedInOrderAndOthersAreUnknown()
    {
        var column = new AttributeColumn("device", ["web", null, "app", "web"]);
        Assert.Equal(["app", "web"], EventContext.Categories(column));
        var field = EventContext.Field(column, ["app", "tv", "web"]);
        Assert.Equal(("context.device", 4), (field.Name, field.Size));
        Assert.Equal([3, 0, 1, 3], field.Indices.ToArray());
        Assert.Equal(["1.5", "2"], EventContext.Categories(new("level", [2, 1.5f, float.NaN])));
    }

    /// <summary>Columns go with their rows through every selection; the last row of a user is that of the latest time.</summary>
    [Fact]
    public void ContextGoesWithItsRows()
    {
        var events = Of([30, 20, 10]).WithContext([new("device", ["a", "b", "c"])]);
        Assert.Equal((string[])["c", "a"], events.Select([2, 0]).Context[0].Texts.ToArray()!);
        Assert.Equal((string[])["a", "b", "c"], events.Compact().Context[0].Texts.ToArray()!);
        Assert.Equal([0, 2], EventContext.LastRows(events));
        Assert.Throws<ArgumentException>(() => events.WithContext([new("device", ["a"])]));
    }

    private static Interactions Of(long[]? time) => new(new(["u", "v"]), new(["i", "j"]), [0, 0, 1], [0, 1, 0], time: time);
}
