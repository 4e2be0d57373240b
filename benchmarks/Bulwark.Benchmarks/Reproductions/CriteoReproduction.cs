using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Data.Readers;
using Bulwark.Evaluation;
using Bulwark.Features;
using Bulwark.Models.Fields;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Clicks on the Criteo sample of 1,999 impressions: for each seed a new split of 80/10/10, the epoch with the best log loss on validation, AUC, log loss and
/// calibration error on test, mean and deviation over <c>--seeds</c>. Settings were chosen by the log loss that <c>--validate</c> prints; <c>--d</c>,
/// <c>--layers</c>, <c>--dropout</c>, <c>--l2</c>, <c>--rate</c>, <c>--batch</c> and <c>--least</c> try others. <c>--model name</c> takes one model.
/// </summary>
internal static class CriteoReproduction
{
    private const string Label = "Label";
    private const int MostEpochs = 60, Patience = 5;
    private static readonly string[] Numbers = [.. Enumerable.Range(1, 13).Select(i => $"I{i}")];
    private static readonly string[] Fields = [.. Numbers, .. Enumerable.Range(1, 26).Select(i => $"C{i}")];

    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var (deep, l2) = (new DeepOptions(options.Int("d", 8), options.Float("dropout", 0.3f), 0.05f, [options.Int("layers", 32)]), options.Float("l2", 0));
        var table = TableReader.Read(Path.Combine(DataFolder.Find(options, "criteo-sample"), "train.tiny.csv"), [Label, .. Numbers]);
        (string Name, float Rate, Func<FieldShape, IFieldScorer> Make)[] models =
        [
            ("logistic", 0.003f, shape => new FieldLinear(shape)), ("fm", 0.001f, shape => new FactorizationMachine(shape, deep.Dimension)),
            ("mlp", 0.003f, shape => new FieldMlp(shape, deep)), ("wide-deep", 0.003f, shape => new WideAndDeep(shape, deep)),
            ("deepfm", 0.001f, shape => new DeepFm(shape, deep)), ("dcn-v2", 0.003f, shape => new DcnV2(shape, 2, deep)),
        ];
        var (batch, least) = (options.Int("batch", 64), options.Int("least", 10));
        foreach (var (name, rate, make) in models.Where(model => options.Text("model") is not { } only || only == model.Name))
        {
            var (start, seeds, rule) = (Stopwatch.GetTimestamp(), options.Seeds(), new Adam(options.Float("rate", rate)));
            var measured = seeds.Select(seed => Measure(table, make, rule, seed)).ToArray();
            var words = $"categories of at least {least}, {(name == "logistic" ? "" : $"d {deep.Dimension}, ")}{rule}, batch {batch}, L2 {l2}, {seeds.Length} splits";
            foreach (var metric in measured[0].Keys)
            {
                var spread = Spread.Of([.. measured.Select(figures => figures[metric])]);
                var part = options.Has("validate") ? "validation" : "test";
                new Figure("criteo", name, words, seeds[0], part, metric, spread.Mean, null, Figure.Since(start)).Print();
                new Figure("criteo", name, words, seeds[0], part, $"{metric}, deviation", spread.Deviation, null, Figure.Since(start)).Print();
            }
        }
        return 0;

        Dictionary<string, double> Measure(AttributeTable all, Func<FieldShape, IFieldScorer> make, UpdateRule rule, ulong seed)
        {
            var rng = new Rng(seed);
            var order = Enumerable.Range(0, all.Count).ToArray();
            rng.Fork("split").Shuffle<int>(order);
            var (learn, tenth) = (all.Part(order[(all.Count / 5)..]), all.Count / 10);
            var encoder = new FieldEncoder(learn, Fields, new(least, Logarithm: true));
            var (train, validation) = (encoder.Encode(learn, Label), encoder.Encode(all.Part(order[..tenth]), Label));
            var scorer = make(new FieldShape(train));
            var stage = new Stage<FieldBatch>("clicks", MostEpochs, FieldObjectives.OnNumbers(scorer, FieldObjectives.LogLoss(scorer)));
            var training = new TrainingOptions { Rule = rule, L2 = l2, ValidateEvery = 1, Patience = Patience, Ahead = false };
            var trainer = new Trainer<FieldBatch>(new FieldSource(train, batch, rng.Fork("batches")), [stage], training);
            var at = trainer.Run(scorer.Start(rng.Fork("start")), rng, point => -Judge(scorer, point, validation)["log loss"]).At;
            return Judge(scorer, at, options.Has("validate") ? validation : encoder.Encode(all.Part(order[tenth..(2 * tenth)]), Label));
        }
    }

    private static Dictionary<string, double> Judge(IFieldScorer scorer, Point at, FieldTable examples)
    {
        var (scores, clicked) = (ClickMetrics.Scores(scorer, at, examples), RatingMetrics.Labels(examples.Labels, 0.5f));
        return new()
        {
            ["auc"] = ThresholdCurve.Roc(scores, clicked).Area,
            ["log loss"] = ClickMetrics.LogLoss(scores, clicked),
            ["calibration error"] = ClickMetrics.CalibrationError(scores, clicked),
        };
    }
}
