using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Bulwark.Data.Readers;

/// <summary>Numbers, times and kinds from UTF-8 bytes.</summary>
internal static class Texts
{
    /// <summary>A number in invariant notation; NaN and infinity are numbers here.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> text, out float number)
    {
        if (text is [>= (byte)'0' and <= (byte)'9'])                     // most ratings are one digit
        {
            number = text[0] - '0';
            return true;
        }
        return float.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    /// <summary>
    /// Seconds since 1970-01-01 UTC from a whole or broken number of seconds (from 1e11 on: milliseconds) or from an ISO 8601 date, which is UTC
    /// unless it says otherwise.
    /// </summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out long seconds)
    {
        const long Milliseconds = 100_000_000_000;
        if (Utf8Parser.TryParse(text, out seconds, out var used) && used == text.Length)
        {
            if (Math.Abs(seconds) >= Milliseconds) seconds /= 1000;
            return true;
        }
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var broken))
        {
            if (Math.Abs(broken) >= Milliseconds) broken /= 1000;
            seconds = (long)Math.Floor(broken);
            return Math.Abs(broken) < long.MaxValue / 2;
        }
        // Year first, or the order of day and month would be a guess.
        if (text.Length is < 8 or > 40 || !(text[4] is (byte)'-' or (byte)'/')) return false;
        var date = DateTimeOffset.TryParse(
            Encoding.UTF8.GetString(text), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment);
        seconds = moment.ToUnixTimeSeconds();
        return date;
    }

    /// <summary>The kind behind one of its usual names.</summary>
    public static bool TryKind(ReadOnlySpan<byte> text, out EventKind kind)
    {
        var name = Plain(Encoding.UTF8.GetString(text));
        EventKind? found = name switch
        {
            "view" or "click" or "pv" or "pageview" or "detail" or "impression" => EventKind.View,
            "cart" or "addtocart" or "basket" or "addtobasket" => EventKind.Cart,
            "buy" or "purchase" or "transaction" or "order" or "sale" => EventKind.Buy,
            "rate" or "rating" or "review" => EventKind.Rate,
            _ => null,
        };
        kind = found.GetValueOrDefault();
        return found is not null;
    }

    /// <summary>A name in lower case without underscores, hyphens and spaces.</summary>
    public static string Plain(string name) => string.Concat(name.Where(c => c is not ('_' or '-' or ' '))).ToLowerInvariant();
}
