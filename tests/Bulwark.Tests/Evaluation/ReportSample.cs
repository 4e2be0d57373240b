using Bulwark.Evaluation;
using Bulwark.Evaluation.Html;
using Bulwark.Tensors;

namespace Bulwark.Tests.Evaluation;

/// <summary>A report with made-up numbers of a realistic shape: four models, two attacks swept over ε, five seeds.</summary>
internal static class ReportSample
{
    private static readonly string[] Models = ["BPR-MF", "BPR-MF, as long", "Random noise", "APR"];
    private static readonly double[] Budgets = [0.25, 0.5, 1, 2, 3];

    // What is left of the clean value at each budget.
    private static readonly double[][] Fgsm =
    [
        [0.96, 0.91, 0.80, 0.48, 0.32], [0.96, 0.90, 0.79, 0.47, 0.30], [0.965, 0.92, 0.82, 0.52, 0.35], [0.985, 0.966, 0.865, 0.602, 0.446],
    ];
    private static readonly double[][] Pgd =
    [
        [0.79, 0.45, 0.17, 0.06, 0.03], [0.78, 0.44, 0.16, 0.05, 0.03], [0.80, 0.48, 0.19, 0.07, 0.04], [0.91, 0.71, 0.43, 0.19, 0.10],
    ];
    private static readonly double[] CleanRecall = [0.08841, 0.08730, 0.08802, 0.08840];

    public static Report Report() => new()
    {
        Title = "APR on MovieLens 1M, leave-last-out",
        Rows = [.. Rows()],
        Summary =
        [
            "Four recommenders with 64 factors were trained on the interactions of 6,040 users with 3,706 items: matrix factorization with the " +
            "Bayesian personalized ranking loss, the same trained as long as the hardened one, the same with random noise of the same size on " +
            "its embeddings, and adversarial personalized ranking.",
            "Each was then attacked on its embedding tables by FGSM and by ten steps of PGD at five budgets.",
        ],
        Baseline = "BPR-MF",
        LowerIsBetter = ["Prediction shift"],
        Protocol = "Every user’s last interaction is the test item and the one before it the validation item. All items the user has not " +
            "trained on are ranked; ties count against the model. Settings were chosen on validation data.",
        DataHash = "sha256:9f2c4e0b7a815d3366c1f04e2b9ad7780f3156ce8d42b7a90c1e5f6d83a2471b",
        Split = "leave-last",
        Seeds = [1, 2, 3, 4, 5],
        Settings =
        [
            new("model.factors", "64", "default"), new("model.batch", "512", "default"),
            new("train.optimizer", "adagrad, rate 0.05, accumulator 0.1", "harden.json"),
            new("train.epochs", "300, stopped early after 20 without gain", "command line"), new("defense.epsilon", "0.1", "tuned on validation"),
            new("defense.weight", "1", "default"), new("attack.pgd.steps", "10", "default"), new("attack.pgd.step", "ε/4", "default"),
            new("threads", "16", "machine"),
        ],
        Environment =
        [
            new("Processor", "AMD EPYC 7B13, 16 threads, AVX2"), new("System", "Debian GNU/Linux 12"), new("Runtime", ".NET 10.0.1"), new("Bulwark", "0.1.0"),
        ],
        Started = new DateTimeOffset(2026, 3, 14, 9, 26, 53, TimeSpan.Zero),
        Elapsed = TimeSpan.FromSeconds(1384),
        Norms =
        [
            new("BPR-MF", "users", 1.92, Budgets), new("BPR-MF", "items", 2.31, Budgets),
            new("APR", "users", 1.64, Budgets), new("APR", "items", 2.87, Budgets),
        ],
        Warnings =
        [
            "Doubling the PGD steps from 10 to 20 lowers Recall@10 of APR by another 4%: the attack has not converged.",
            "No decision-based attack was run.",
        ],
        Separations = [new("APR", [new(0, 0), new(0.25, 0.75), new(1, 1)], [new(0.5, 1), new(1, 0.6)])],
        TrainingCurves = [.. Models.Select((model, i) => Curve(model, i))],
        Comparisons =
        [
            new("APR", "BPR-MF", "Recall@10", "clean", 0, -0.00001, 0.94),
            new("APR", "BPR-MF", "Recall@10", "FGSM", 0.5, 0.00494, 0.0021),
            new("APR", "BPR-MF", "Recall@10", "PGD-10", 0.5, 0.02298, 0.00004),
            new("APR", "Random noise", "Recall@10", "PGD-10", 0.5, 0.02051, 0.0003),
        ],
    };

    public static DataProfileView Profile() => new(
        [
            new("Users", "6,040"), new("Items", "3,706"), new("Interactions", "1,000,209"), new("Density", "4.47%"),
            new("First", "2000-04-25"), new("Last", "2003-02-28"), new("Kinds", "rate"),
        ],
        [.. Enumerable.Range(1, 3706).Select(rank => (int)(3428 / Math.Pow(1 + rank / 260.0, 2.1)) + 1)],
        [.. Enumerable.Range(1, 6040).Select(rank => (int)(2314 / Math.Pow(1 + rank / 220.0, 1.15)) + 20)]);

    private static IEnumerable<ReportRow> Rows()
    {
        foreach (var (metric, scale) in new[] { ("Recall@10", 1.0), ("nDCG@10", 0.506) })
            for (var model = 0; model < Models.Length; model++)
            {
                var clean = CleanRecall[model] * scale;
                yield return new(Models[model], "clean", 0, metric, clean, clean * 0.011, 5);
                for (var i = 0; i < Budgets.Length; i++)
                {
                    yield return new(Models[model], "FGSM", Budgets[i], metric, clean * Fgsm[model][i], clean * 0.013, 5);
                    yield return new(Models[model], "PGD-10", Budgets[i], metric, clean * Pgd[model][i], clean * 0.021, 5);
                }
            }
        for (var model = 0; model < Models.Length; model++)
            foreach (var (attack, shift) in new[] { ("random", 0.12), ("average", 0.29), ("bandwagon", 0.41), ("segment", 0.36) })
                yield return new(Models[model], attack, 0.01, "Prediction shift", shift * (1 - 0.09 * model), 0.02, 5);
    }

    private static ReportCurve Curve(string model, int index)
    {
        var rng = new Rng(7).Fork(index);
        var epochs = index switch { 0 => 150, 3 => 300, _ => 280 };
        return new(model, [.. Enumerable.Range(1, epochs).Select(epoch => new ReportEpoch(
            epoch, (index == 3 ? 1.25 : 0.69) * (0.28 + 0.72 * Math.Exp(-epoch / 38.0)) + 0.004 * rng.NextGaussian(),
            epoch % 5 == 0 ? CleanRecall[index] * 1.05 * (1 - Math.Exp(-epoch / (30.0 + 9 * index))) + 0.0006 * rng.NextGaussian() : null))]);
    }
}
