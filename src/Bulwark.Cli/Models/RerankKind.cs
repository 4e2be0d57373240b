using Bulwark.Cli.Runs;
using Bulwark.Features;
using Bulwark.Models.Reranking;
using Bulwark.Tensors;

namespace Bulwark.Cli.Models;

/// <summary>What lists are re-ranked by.</summary>
/// <param name="Model">Whose lists.</param>
/// <param name="Bench">The data, with what is known of items.</param>
/// <param name="Column">The column of categories.</param>
/// <param name="Distance">How unlike two items are.</param>
internal sealed record Reranking(SavedModel Model, Bench Bench, string Column, Func<int, int, double> Distance);

/// <summary>A second goal of lists.</summary>
/// <param name="Name">As after <c>--rerank</c>.</param>
/// <param name="Of">The re-ranking at a weight of the second goal, from 0, where the order of scores stays, to 1.</param>
internal sealed record RerankKind(string Name, Func<Reranking, Func<float, Rerank>> Of)
{
    private static readonly RerankKind Mmr = new("mmr", of => weight => MarginalRelevance.At(of.Distance, 1 - weight));
    private static readonly RerankKind Calibrated = new("calibrated", of =>
    {
        var calibration = new Calibration(Categories(of));
        return weight => calibration.At(weight);
    });

    /// <summary>None is null.</summary>
    public static RerankKind? Parse(string text) => Settings.Parse.Word<RerankKind?>("re-ranking", ("none", null), (Mmr.Name, Mmr), (Calibrated.Name, Calibrated))(text);

    public override string ToString() => Name;

    private static SparseRows Categories(Reranking of)
    {
        if (of.Bench.Data.Dataset.Items is not { } items)
            throw new UsageException($"{of.Bench.Data.Source} says nothing of its items; calibrated lists need a column of categories.");
        if (items.Find(of.Column) is null)
            throw new UsageException(
                $"The items have no column '{of.Column}'; name one of {string.Join(", ", items.Columns.Select(column => column.Name))} with --set rerank.column=.");
        return AttributeVectors.Of(items.Align(of.Model.Train.Items), of.Column);
    }
}
