using Bulwark.Cli.Output;
using Bulwark.Data;
using static Bulwark.Cli.Settings.Parse;

namespace Bulwark.Cli.Settings;

/// <summary>All settings there are.</summary>
internal static class Known
{
    public static readonly Setting<string> DataPath = new("data.path", "shop", "Folder or file to read; 'shop' is the built-in generated shop", Text, "--data", "-d");
    public static readonly Setting<InputFormat?> DataFormat = new("data.format", "auto", "Input format: auto, recbole, movielens, lightgcn, ncf, msap, sequences, delimited, headerless or jsonl",
        Word<InputFormat?>("input format", ("auto", null), ("recbole", InputFormat.RecBole), ("movielens", InputFormat.MovieLens), ("lightgcn", InputFormat.LightGcn), ("ncf", InputFormat.Ncf),
            ("msap", InputFormat.Msap), ("sequences", InputFormat.Sequences), ("delimited", InputFormat.Delimited), ("headerless", InputFormat.Headerless), ("jsonl", InputFormat.JsonLines)), "--input-format");
    public static readonly Setting<OnError> DataOnError = new("data.on-error", "fail", "Rows that cannot be used: fail, skip (and count) or quarantine (and keep)",
        Word("way to treat bad rows", ("fail", OnError.Fail), ("skip", OnError.Skip), ("quarantine", OnError.Quarantine)), "--on-error");
    public static readonly Setting<int> MinInteractions = new("data.min-interactions", "1", "Keep users and items with at least this many partners (k-core)", Whole(1), "--min-interactions");
    public static readonly Setting<SplitRule> Split = new("data.split", "auto", "leave-last, random=80%, time=80%, given, or auto: given parts, else time=80%, else random=80%", SplitRule.Parse, "--split");

    public static readonly Setting<int> Shoppers = new("shop.shoppers", "2000", "Shoppers of the generated shop", Whole(1, 10_000_000), "--shop-shoppers");
    public static readonly Setting<int> Products = new("shop.products", "1000", "Products of the generated shop", Whole(2, 10_000_000), "--shop-products");
    public static readonly Setting<double> Events = new("shop.events", "40", "Mean number of events of a shopper", Number(1, 100_000));
    public static readonly Setting<int> Categories = new("shop.categories", "12", "Product categories", Whole(1, 10_000));
    public static readonly Setting<int> Brands = new("shop.brands", "40", "Brands", Whole(1, 100_000));
    public static readonly Setting<double> Noise = new("shop.noise", "0.1", "Share of visits made without regard to taste", Number(0, 1));
    public static readonly Setting<double> Drift = new("shop.drift", "0.1", "How far tastes move in a month, relative to their length", Number(0, 10));
    public static readonly Setting<int> FraudAccounts = new("shop.fraud-accounts", "0", "Accounts of a planted fraud ring", Whole(0, 1_000_000), "--fraud-accounts");
    public static readonly Setting<int> FraudTargets = new("shop.fraud-targets", "3", "Products that the ring pushes", Whole(0, 1_000));

    public static readonly Setting<ulong> Seed = new("seed", "1", "The source of all chance", Parse.Seed, "--seed");
    public static readonly Setting<int?> Threads = new("threads", "auto", "Threads; results do not depend on it", text => text == "auto" ? null : Whole(1, 1024)(text), "--threads");
    public static readonly Setting<OutputFormat> Format = new("format", "table", "Standard output as table, json, csv or md", OutputFormats.Parse, "--format");
    public static readonly Setting<string> Out = new("out", "runs", "Folder that gets the run's own folder", Text, "--out");

    /// <summary>What decides the data.</summary>
    public static readonly Setting[] Data = [DataPath, DataFormat, DataOnError, MinInteractions, .. Shop];

    /// <summary>What decides the generated shop.</summary>
    public static Setting[] Shop => [Shoppers, Products, Events, Categories, Brands, Noise, Drift, FraudAccounts, FraudTargets];
}
