using System.Globalization;
using Bulwark.Data;

namespace Bulwark.Cli.Settings;

/// <summary>People by what is known of them: <c>gender=F</c>, <c>age=18..25</c>, or several with commas, which all must hold.</summary>
/// <param name="Conditions">Columns and what they must say.</param>
internal sealed record Segment(IReadOnlyList<(string Column, string Value)> Conditions)
{
    private const string Range = "..";

    /// <summary>Of a text; null for an empty one.</summary>
    public static Segment? Of(string text)
    {
        if (text.Length == 0) return null;
        string[][] parts = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(part => part.Split('=', 2, StringSplitOptions.TrimEntries))];
        return parts.All(part => part is [{ Length: > 0 }, { Length: > 0 }]) ? new([.. parts.Select(part => (part[0], part[1]))])
            : throw new FormatException("columns and values, as gender=F or age=18..25, with commas between");
    }

    /// <summary>(people): 1 for each condition that holds, else 0.</summary>
    /// <exception cref="KeyNotFoundException">There is no column of a name.</exception>
    public float[][] Traits(AttributeTable people)
    {
        AttributeColumn[] columns = [.. Conditions.Select(condition => people[condition.Column])];
        return [.. Enumerable.Range(0, people.Count).Select(row =>
            (float[])[.. Conditions.Select((condition, n) => Says(columns[n], row, condition.Value) ? 1f : 0)])];
    }

    private static bool Says(AttributeColumn column, int row, string value)
    {
        var text = column.Kind == AttributeKind.Float ? column.Numbers[row].ToString(CultureInfo.InvariantCulture) : column.Texts[row];
        if (text == value) return true;
        return value.Split(Range) is [var low, var high] && Number(text) is { } number && Number(low) <= number && number <= Number(high);
    }

    private static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;
}
