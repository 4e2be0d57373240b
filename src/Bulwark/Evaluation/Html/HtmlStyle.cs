using Bulwark.Evaluation.Charts;

namespace Bulwark.Evaluation.Html;

/// <summary>The page's style sheet: light, dark, narrow and print.</summary>
internal static class HtmlStyle
{
    /// <summary>Colors of the light page; text has a contrast of at least 4.5 on the paper.</summary>
    public const string Light = ChartStyle.Light + "--ink:#1d2126;--soft:#59616b;--rule:#d9dad6;--tint:#f3f3ef;--alert:#a3340c;--link:#0b62a4;";

    /// <summary>Colors of the dark page.</summary>
    public const string Dark = ChartStyle.Dark + "--ink:#e6e7e4;--soft:#a3a9af;--rule:#34383d;--tint:#1e2125;--alert:#ff9a76;--link:#6db7f2;";

    public const string Sheet = $$"""
        :root{color-scheme:light dark;{{Light}} }
        @media screen and (prefers-color-scheme:dark){:root{ {{Dark}} } }
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--paper);color:var(--ink);
          font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif;
          overflow-wrap:break-word}
        main{max-width:62rem;margin:0 auto;padding:clamp(1.25rem,4vw,3.5rem) clamp(1rem,4vw,2rem) 4rem}
        p,ul.prose{max-width:42rem;margin:0 0 .8rem}
        a{color:var(--link);text-underline-offset:.15em}
        a:focus-visible,.scroll:focus-visible{outline:2px solid var(--link);outline-offset:3px}
        h1,h2,.verdict{font-weight:600;text-wrap:balance;
          font-family:"Iowan Old Style","Palatino Linotype",Palatino,"Book Antiqua","Noto Serif","Noto Serif CJK SC",Georgia,serif}
        h1{font-size:1.05rem;line-height:1.3;margin:0;color:var(--soft);font-weight:500}
        .verdict{font-size:clamp(1.45rem,1.1rem + 1.7vw,2.15rem);line-height:1.24;font-weight:500;margin:.7rem 0 .9rem;
          max-width:46rem;letter-spacing:-.005em;text-wrap:pretty}
        .lede{color:var(--soft)}
        nav{margin:1.4rem 0 0;padding:.6rem 0;border-block:1px solid var(--rule);font-size:.9rem}
        nav ul{display:flex;flex-wrap:wrap;gap:.2rem 1.3rem;list-style:none;margin:0;padding:0}
        section{margin-top:2.9rem}
        h2{font-size:1.4rem;line-height:1.25;margin:0 0 .8rem}
        h3{font-size:1rem;margin:1.8rem 0 .5rem}
        .alert{border-left:3px solid var(--alert);background:var(--tint);padding:.9rem 1.1rem .7rem;margin-top:1.6rem}
        .alert h2{font:inherit;font-weight:650;color:var(--alert);margin:0 0 .3rem}
        .alert ul{margin:0;padding-left:1.1rem}
        .scroll{overflow-x:auto;margin:0 0 1.4rem;max-width:100%}
        table{border-collapse:collapse;font-size:.9rem;line-height:1.35;font-variant-numeric:tabular-nums lining-nums}
        table.wide{width:max-content}
        caption{text-align:left;color:var(--soft);padding:0 0 .55rem}
        caption span{display:inline-block;position:sticky;left:0;max-width:min(42rem,100vw - 2rem)}
        caption b{color:var(--ink);font-weight:600}
        th,td{padding:.38rem 1.1rem .38rem 0;text-align:left;vertical-align:baseline}
        th:last-child,td:last-child{padding-right:0}
        thead th{font-weight:600;border-bottom:1px solid var(--soft);vertical-align:bottom}
        tbody tr+tr>*{border-top:1px solid var(--rule)}
        tbody th{font-weight:400}
        tbody:last-child{border-bottom:1px solid var(--rule)}
        .n{text-align:right;white-space:nowrap}
        .k{display:inline-block;min-width:3.4em;color:var(--soft);font-size:.88em}
        .again{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        tbody tr:has(.again)>*{border-top-color:transparent}
        .sd{color:var(--soft);font-size:.88em}
        .best{font-weight:650}
        .pin{position:sticky;left:0;background:var(--paper);z-index:1}
        td.text{min-width:5.5rem;max-width:34rem;overflow-wrap:anywhere}
        code{font:.92em ui-monospace,SFMono-Regular,Menlo,Consolas,"Noto Sans Mono",monospace;overflow-wrap:anywhere}
        figure{margin:0 0 1.8rem}
        figcaption{color:var(--soft);font-size:.9rem;max-width:42rem;margin-bottom:.9rem}
        .charts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,24rem),1fr));gap:1.8rem 2.6rem}
        .charts>*{max-width:30rem;min-width:0}
        .pixels{display:block;width:100%;height:auto;image-rendering:pixelated}
        dl{display:grid;grid-template-columns:fit-content(42%) minmax(0,1fr);gap:.32rem 1.5rem;margin:0 0 1.4rem;font-size:.9rem;max-width:52rem}
        dt{color:var(--soft)}
        dd{margin:0;overflow-wrap:anywhere;font-variant-numeric:tabular-nums}
        @media (max-width:34rem){section{margin-top:2.3rem}td.text{max-width:15rem} }
        @media print{
          @page{margin:18mm 16mm}
          html{font-size:10pt}
          body{font-size:10pt;line-height:1.42;background:none}
          main{max-width:none;padding:0}
          nav{display:none}
          a{color:inherit;text-decoration:none}
          .scroll{overflow:visible}
          table,table.wide{font-size:8.5pt;width:auto}
          th,td{padding-right:.7rem}
          caption span{position:static;max-width:none}
          .pin{position:static;background:none}
          .verdict{font-size:17pt}
          section{margin-top:1.7rem}
          .charts{grid-template-columns:1fr 1fr;gap:1.1rem 1.6rem}
          h2,h3,caption,figcaption{break-after:avoid}
          tr,dl,figure,figcaption,.alert{break-inside:avoid}
          thead{display:table-header-group}
          .alert{background:none}
        }
        {{ChartStyle.Sheet}}
        """;
}
