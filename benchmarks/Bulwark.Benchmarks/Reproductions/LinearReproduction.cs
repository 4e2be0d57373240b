using System.Diagnostics;
using System.Globalization;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Ensembles;
using Bulwark.Tensors;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Neighbors, closed forms and graph filters on the data sets of <see cref="LinearTable"/>, and a blend of them. With <c>--search n</c>, n settings of
/// each model are drawn and the best on the validation part is kept (<c>--by</c> another metric); without, what such a search kept is used. <c>--validate</c>
/// measures there, <c>--model name</c> takes one model, or <c>blend</c>: of <c>--members</c>, with weights found on validation, for the first <c>--users</c> users.
/// </summary>
internal static class LinearReproduction
{
    public static int Run(string[] args)
    {
        var (name, options) = (args[1], new Arguments(args));
        var (table, only, draws) = (LinearTable.All[name], options.Text("model"), options.Int("search", 0));
        var main = table.Metrics.Single(metric => metric.Name == (options.Text("by") ?? table.Main.Name));
        var (validation, test) = table.Open(options, options.Int("users", int.MaxValue));
        var part = options.Has("validate") ? validation : test;
        foreach (var (model, chosen, published) in table.Models.Where(model => only is null || model.Name == only))
        {
            var setting = draws > 0 ? Search(model, chosen) : chosen;
            if (draws == 0 || !options.Has("validate")) Measure(part.Value, model, setting, published);
        }
        if (only == "blend") Blended();
        return 0;

        LinearSetting Search(string model, LinearSetting chosen)
        {
            var (rng, draw) = (new Rng(NcfPart.Seed).Fork(model), LinearSetting.Draws[model]);
            return Enumerable.Range(0, draws).Select(n => n == 0 ? chosen : draw(rng.Fork(n))).MaxBy(setting => Measure(validation.Value, model, setting, []))!;
        }

        double Measure(LinearPart part, string model, LinearSetting setting, double?[] published)
        {
            var start = Stopwatch.GetTimestamp();
            var recommender = setting.Fit(part.Train);
            return Print(part, model, $"{setting.Text}, fit {Figure.Since(start):F0} s", recommender, published, start);
        }

        double Print(LinearPart part, string model, string settings, IRecommender recommender, double?[] published, long start)
        {
            var result = part.Task.Judge(recommender, table.Metrics);
            foreach (var (n, metric) in table.Metrics.Index())
            {
                var (value, known) = (result[metric.Name], published.ElementAtOrDefault(n));
                new Figure(name, model, settings, NcfPart.Seed, part.Name, metric.Name, value, known, Figure.Since(start)).Print();
            }
            return result[main.Name];
        }

        void Blended()
        {
            var (start, scale, members) = (Stopwatch.GetTimestamp(), ScoreScales.Standard, options.Text("members")?.Split(',') ?? table.Blended);
            var weights = options.Text("weights")?.Split(',').Select(text => float.Parse(text, CultureInfo.InvariantCulture)).ToArray() ?? Weights();
            var blend = new Blend(Fits(part.Value).Zip(weights, (one, weight) => new Member(one, weight)), scale);
            Print(part.Value, "blend", string.Join(" + ", weights.Zip(members, (weight, member) => Invariant($"{weight:g3} {member}"))), blend, [], start);

            float[] Weights()
            {
                KeptScores[] kept = [.. Fits(validation.Value).Select(one => new KeptScores(one))];
                return BlendSearch.Run(kept, scale, validation.Value.Task, main, options.Int("parts", 10)).Weights;
            }

            IEnumerable<IRecommender> Fits(LinearPart part) => members.Select(member => table.Models.Single(model => model.Name == member).Chosen.Fit(part.Train));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
