using System.Globalization;
using Bulwark.Cli.Output;
using Bulwark.Cli.Runs;
using Bulwark.Cli.Settings;
using Bulwark.Data;
using Bulwark.Data.Writers;

namespace Bulwark.Cli.Verbs;

/// <summary><c>bulwark data generate</c>: the generated shop as files.</summary>
internal static class GenerateVerb
{
    private static readonly Setting<string> Out = new("out", "shop", "New folder for the shop, as RecBole files", Parse.Text, "--out");

    public static Verb Verb { get; } = new(
        "data generate", "Write a generated shop, on request with a labeled fraud ring", [.. SettingsOf.Shop, Known.SeedOfData, Out], Run);

    private static int Run(Call call)
    {
        var settings = call.Resolve();
        if (PrintConfig.Wanted(call, settings)) return ExitCode.Ok;
        var shop = GeneratedShop.Create(LoadedData.ShopOptions(settings), settings.Get(Known.DataSeed), call.Cancel);
        NewFolder.Write(settings.Get(Out), folder =>
        {
            RecBoleWriter.Write(shop.Dataset, folder, call.Cancel);
            if (shop.IsFraud.Contains(true)) WriteLabels(shop, folder);
        });
        var rows = shop.Dataset.Interactions;
        call.Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{settings.Get(Out)}: {rows.Count:N0} events of {rows.UserCount:N0} accounts with {rows.ItemCount:N0} products."));
        return ExitCode.Ok;
    }

    /// <summary>Who belongs to the ring, and what it pushes.</summary>
    private static void WriteLabels(Shop shop, string folder)
    {
        var (users, items) = (shop.Dataset.Interactions.Users, shop.Dataset.Interactions.Items);
        File.WriteAllLines(Path.Combine(folder, "fraud-accounts.txt"), users.Ids.Where((_, user) => shop.IsFraud[user]));
        File.WriteAllLines(Path.Combine(folder, "fraud-targets.txt"), shop.FraudTargets.Select(item => items[item]));
    }
}
