using Bulwark.Evaluation.Charts;
using Bulwark.Generative;

namespace Bulwark.Evaluation.Html;

/// <summary>Games of two players by epoch, a line for each: losses, gradients, and how good samples are.</summary>
internal static class HtmlGames
{
    public static void Write(HtmlPage page, Report report, List<string> styles)
    {
        var distances = report.Games.SelectMany(game => game.Epochs).SelectMany(epoch => epoch.Quality?.Distances.Keys ?? []).Distinct();
        Action<TextWriter>[] players =
        [
            .. EpochChart.Of("Critic’s loss", "loss", Lines(epoch => epoch.CriticLoss), magnitude: true),
            .. EpochChart.Of("Generator’s loss", "loss", Lines(epoch => epoch.GeneratorLoss), magnitude: true),
            .. EpochChart.Of("Critic’s gradient", "norm", Lines(epoch => epoch.CriticGradient), magnitude: true),
            .. EpochChart.Of("Generator’s gradient", "norm", Lines(epoch => epoch.GeneratorGradient), magnitude: true),
        ];
        Action<TextWriter>[] samples =
        [
            .. EpochChart.Of("Coverage", "share of real examples", Lines(epoch => epoch.Quality?.Coverage ?? double.NaN), magnitude: false),
            .. EpochChart.Of("Duplicates", "share of samples", Lines(epoch => epoch.Quality?.Duplicates ?? double.NaN), magnitude: false),
            .. distances.SelectMany(name => EpochChart.Of(
                $"Distance: {name}", name, Lines(epoch => epoch.Quality?.Distances.GetValueOrDefault(name, double.NaN) ?? double.NaN), magnitude: true)),
        ];
        if (players.Length > 0) page.Figure("The two players: loss and norm of the gradient, means over each epoch’s steps.", players);
        if (samples.Length > 0)
            page.Figure(
                "Samples at each epoch’s end: real examples that have samples near, samples that all but repeat another, distance to the real ones.", samples);

        IEnumerable<ChartSeries> Lines(Func<GameEpoch, double> of) => report.Games.Select(game =>
            new ChartSeries(game.Model, [.. game.Epochs.Select(epoch => new ChartPoint(epoch.Epoch, of(epoch)))], styles.IndexOf(game.Model)));
    }
}
