using System.Diagnostics;
using Bulwark.Data;
using Bulwark.Evaluation;
using Bulwark.Models;
using Bulwark.Models.Factorization;
using Bulwark.Models.Linear;
using Bulwark.Tensors;
using Bulwark.Tensors.Optimizers;
using Bulwark.Training;

namespace Bulwark.Benchmarks.Reproductions;

/// <summary>
/// Embedding attacks on ML-1M, leave-last-out, full ranking: the table of Anelli et al. (2021). The defaults were chosen with
/// <c>--validate</c>, which carves a random item of each user out of the training part and measures that; the test part is read only without it.
/// </summary>
internal static class MsapReproduction
{
    public static int Run(string[] args)
    {
        var options = new Arguments(args);
        var clock = Stopwatch.StartNew();
        var split = Splits.Given(DatasetReader.Open(DataFolder.Find(options, "msap-ml-1m"), new ReadOptions()));
        if (options.Has("validate"))
        {
            var (kept, held) = Splits.Validation(split.Train, Holdout.RandomPerUser, new Rng(99));
            split = split with { Train = kept, Test = held };
        }
        var train = split.Train;
        var task = new RankingTask(train, split.Test);
        IReadOnlyList<Metric> metrics = [RankingMetrics.Recall(10), RankingMetrics.Ndcg(10)];
        var hardening = Settings(options);
        var published = new Study(task, StudyAttack.Msap, metrics);
        var relative = new Study(task, StudyAttack.Standard([0.05f, 0.1f, 0.2f, 0.4f], relative: true), metrics);
        foreach (var seed in options.Seeds())
        {
            var fresh = Hardening.Run(train, () => Factors(train), hardening, seed, (model, at) => Watch(task, model, at, clock));
            var composed = Composed(train, hardening, options, seed);
            var contenders = fresh.Concat(composed).Select(model => model.Contender);
            foreach (var contender in contenders.Append(Baseline(train, hardening, seed)))
            {
                published.Add(contender, seed);
                relative.Add(contender, seed);
                Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s: attacked {contender.Name}, seed {seed}");
            }
        }
        Print("ε as published (lengths), MSAP protocol", published);
        Print("ε relative to each table's mean row norm, L2 balls", relative);
        foreach (var norm in published.Norms) Console.WriteLine($"mean row norm of {norm.Model} {norm.Table}: {norm.MeanRowNorm:F3}");
        Console.WriteLine($"{hardening}");
        Console.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s");
        return 0;
    }

    private static HardeningOptions Settings(Arguments options) => new()
    {
        Epochs = options.Int("epochs", 150),
        HardenEpochs = options.Int("harden", 300),
        Batch = options.Int("batch", 512),
        Epsilon = options.Float("epsilon", 0.3f),
        Weight = options.Float("lambda", 1),
        Relative = options.Has("relative"),
        Training = new TrainingOptions
        {
            Rule = options.Text("rule") == "adam" ? new Adam(options.Float("rate", 0.001f)) : new Adagrad(options.Float("rate", 0.05f)),
            L2 = options.Float("l2", 0.0005f),
            ValidateEvery = options.Int("every", 0),
            Ahead = options.Int("threads", 2) > 1,
        },
    };

    private static MatrixFactorization Factors(Interactions train) => new(train.UserCount, train.ItemCount, new());

    /// <summary>
    /// Transfer and adversarial training composed: the rows of implicit ALS, made as long as BPR's, trained on with APR; its control is trained on
    /// with plain BPR. A factor on all rows changes no ranking; it gives the logistic loss its slope and sets what an absolute ε means.
    /// </summary>
    private static IReadOnlyList<HardenedModel> Composed(Interactions train, HardeningOptions hardening, Arguments options, ulong seed)
    {
        var model = Factors(train);
        var als = new ImplicitAlsOptions();
        return Hardening.Run(train, () => model, hardening with
        {
            Names = ("ials", "ials-bpr", "ials-apr"),
            Start = () => ImplicitAls.Fit(model, train, als, new Rng(seed).Fork("als")).Map((_, rows) => (rows * options.Float("scale", 4)).Keep()),
            Epochs = 0,
            HardenEpochs = options.Int("composed", 60),
            Training = hardening.Training with { Rule = new Adagrad(options.Float("composed-rate", 0.005f)), L2 = 0 },
        }, seed);
    }

    /// <summary>The plain model at its own best settings on validation: stronger decay and 300 epochs.</summary>
    private static Contender Baseline(Interactions train, HardeningOptions hardening, ulong seed)
    {
        var (rng, model) = (new Rng(seed), Factors(train));
        var bpr = Objectives.Bpr(model);
        var source = new TripleSource(train, hardening.Batch, rng.Fork("batches"));
        var training = hardening.Training with { L2 = 0.003f, ValidateEvery = 0 };
        var result = new Trainer<Triples>(source, [new("bpr-tuned", 300, bpr)], training).Run(model.Start(rng.Fork("start")), rng);
        return new Contender("bpr-tuned", model, result.At, Hardening.AttackedLoss(train, bpr, rng));
    }

    private static double Watch(RankingTask task, IModel model, Point at, Stopwatch clock)
    {
        var recall = task.Judge(new PointRecommender(model, at, task.Popularity), [RankingMetrics.Recall(10)])["recall@10"];
        Console.Error.WriteLine($"{clock.Elapsed.TotalSeconds:F0} s: recall@10 {recall:F4}");
        return recall;
    }

    private static void Print(string title, Study study)
    {
        Console.WriteLine(title);
        foreach (var metric in new[] { "recall@10", "ndcg@10" })
        {
            Console.WriteLine(metric);
            ReportTable.ByAttack(study.Rows, metric).WriteText(Console.Out);
            Console.WriteLine();
        }
    }
}
