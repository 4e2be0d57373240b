using System.Text.Unicode;

namespace Bulwark.Data.Readers;

/// <summary>Turns fields into rows and rows that cannot be used into faults.</summary>
internal sealed class RowSink(Reading reading, bool hasValues = false, bool hasTimes = false, bool hasKinds = false)
{
    private const string Remedy = "correct it or read with on-error skip";

    /// <summary>The rows so far.</summary>
    public InteractionsBuilder Rows { get; } = new(reading.Users.Vocabulary, reading.Items.Vocabulary, hasValues, hasTimes, hasKinds);

    /// <summary>The faults that several readers find.</summary>
    public static Fault NotUtf8 { get; } = new("not UTF-8", "is not valid UTF-8", "save the file as UTF-8 or read with on-error skip");

    /// <inheritdoc cref="NotUtf8"/>
    public static Fault WrongCount(int fields, int expected) =>
        new("wrong number of fields", $"has {fields} {(fields == 1 ? "field" : "fields")} instead of {expected}", Remedy);

    /// <inheritdoc cref="NotUtf8"/>
    public static Fault NotANumber(string name, ReadOnlySpan<byte> text) => text.IsEmpty
        ? new($"{name} missing", $"the {name} is missing", Remedy)
        : new($"{name} not a number", $"the {name} '{Reading.Excerpt(text)}' is not a number", Remedy);

    /// <inheritdoc cref="NotUtf8"/>
    public static Fault NoId(string name) => new($"{name} missing", $"the {name} id is empty", Remedy);

    /// <summary>Adds a row from fields; those that the sink does not have are ignored.</summary>
    /// <param name="file">Where the row comes from.</param>
    /// <param name="line">The number of its line.</param>
    /// <param name="text">The whole line, for checks and reports.</param>
    /// <param name="fields">Its fields.</param>
    /// <returns>Whether it could be used.</returns>
    public bool Add(string file, int line, ReadOnlySpan<byte> text, RowFields fields)
    {
        var value = 1f;
        var time = 0L;
        var kind = default(EventKind);
        if (!Utf8.IsValid(text)) reading.Bad(file, line, text, NotUtf8);
        else if (fields.User.IsEmpty) reading.Bad(file, line, text, NoId("user"));
        else if (fields.Item.IsEmpty) reading.Bad(file, line, text, NoId("item"));
        else if (hasValues && !Texts.TryNumber(fields.Value, out value)) reading.Bad(file, line, text, NotANumber("rating", fields.Value));
        else if (!float.IsFinite(value))
            reading.Bad(file, line, text, new("rating not finite", $"the rating '{Reading.Excerpt(fields.Value)}' is not finite", Remedy));
        else if (hasTimes && !Texts.TryTime(fields.Time, out time))
            reading.Bad(file, line, text, new(
                "time not readable", $"the time '{Reading.Excerpt(fields.Time)}' is neither a number of seconds nor a date like 2024-01-31", Remedy));
        else if (hasKinds && !Texts.TryKind(fields.Kind, out kind))
            reading.Bad(file, line, text, new(
                "kind unknown", $"the event kind '{Reading.Excerpt(fields.Kind)}' is none of view, cart, buy and rate", Remedy));
        else
        {
            Rows.Add(reading.Users.GetOrAdd(fields.User), reading.Items.GetOrAdd(fields.Item), value, time, kind);
            return true;
        }
        return false;
    }
}

/// <summary>The fields of one row as they stand in the file; empty where missing.</summary>
internal ref struct RowFields
{
    public ReadOnlySpan<byte> User, Item, Value, Time, Kind;
}
