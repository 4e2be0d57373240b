namespace Bulwark.Evaluation.Charts;

/// <summary>
/// How charts look. A series is told apart three ways at once, by color, dash and marker, so that it can be read in gray and by the
/// color-blind; the colors are darker and lighter relatives of those of Okabe and Ito (2008).
/// </summary>
public static class ChartStyle
{
    /// <summary>The light colors, as declarations of CSS variables; each has a contrast of at least 4.5 on the light page.</summary>
    public const string Light = "--paper:#fdfdfb;--s0:#0b62a4;--s1:#b84a00;--s2:#007355;--s3:#9c3d80;--s4:#7a5c00;--s5:#56606b;";

    /// <summary>The dark colors; each has a contrast of at least 4.5 on the dark page.</summary>
    public const string Dark = "--paper:#15171a;--s0:#6db7f2;--s1:#ff9a5c;--s2:#45c99b;--s3:#e699cf;--s4:#dcbb4c;--s5:#a9b3bd;";

    /// <summary>The rules for charts; they need the variables of <see cref="Light"/> or <see cref="Dark"/> on an ancestor.</summary>
    public const string Sheet = """
        .chart{display:block;width:100%;height:auto;color:inherit;overflow:visible}
        .chart text{font:12px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
          fill:currentColor;font-variant-numeric:tabular-nums}
        .chart .title{font-size:13px;font-weight:600}
        .chart .muted{fill-opacity:.72}
        .chart .grid{stroke:currentColor;stroke-opacity:.13}
        .chart .axis{stroke:currentColor;stroke-opacity:.55}
        .chart .line{fill:none;stroke:currentColor;stroke-width:1.8;stroke-linejoin:round;stroke-linecap:round}
        .chart .band{fill:currentColor;fill-opacity:.14}
        .chart .error{fill:none;stroke:currentColor;stroke-width:1;stroke-opacity:.7}
        .chart .mark{fill:currentColor;stroke:var(--paper,#fff);stroke-width:1}
        .chart .lead{fill:none;stroke:currentColor;stroke-width:.8;stroke-opacity:.6}
        .chart .bar{fill:currentColor;fill-opacity:.85}
        .chart .s0{color:var(--s0)}.chart .s1{color:var(--s1)}.chart .s2{color:var(--s2)}
        .chart .s3{color:var(--s3)}.chart .s4{color:var(--s4)}.chart .s5{color:var(--s5)}
        """;

    private const int Count = 6;

    private static readonly string[] Dashes = ["", "7 3.5", "2 3.2", "9 3 2 3", "4 2.5", "12 3 2 3 2 3"];

    private static readonly string[] Markers =
    [
        "M-3.8 0a3.8 3.8 0 1 0 7.6 0a3.8 3.8 0 1 0 -7.6 0z",       // circle
        "M-3.5 -3.5h7v7h-7z",                                      // square
        "M0 -4.6l4.5 7.8h-9z",                                     // triangle
        "M0 -5l4.4 5l-4.4 5l-4.4 -5z",                             // diamond
        "M0 4.6l4.5 -7.8h-9z",                                     // triangle, point down
        "M-1.6 -4.6h3.2v3h3v3.2h-3v3h-3.2v-3h-3v-3.2h3z",          // plus
    ];

    internal static string Class(int style) => $"s{style % Count}";

    internal static string Dash(int style) => Dashes[(style + style / Count) % Count];

    internal static string Marker(int style) => Markers[(style + style / Count) % Count];
}
