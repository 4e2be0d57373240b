using Bulwark.Benchmarks;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Tensors;

(string Name, Func<string[], int> Run)[] all =
[
    ("steps", StepsBenchmark.Run), ("matmul", MatMulBenchmark.Run), ("topk", TopKBenchmark.Run), ("sasrec", SequenceBenchmark.Run),
    ("vae", AutoencoderBenchmark.Run), ("gan", GanBenchmark.Run), ("mnist", ClassifierBenchmark.Run), ("als", FitBenchmark.Als), ("neighbors", FitBenchmark.Neighbors),
    ("memory", MemoryBenchmark.Run), ("costs", CostsBenchmark.Run), ("serve", ServeBenchmark.Run),
    ("reproduce msap", MsapReproduction.Run), ("reproduce ncf", NcfReproduction.Run), ("reproduce ncf-linear", LinearReproduction.Run),
    ("reproduce ncf-vae", AutoencoderReproduction.Run), ("reproduce ml-100k", RatingsReproduction.Run),
    ("reproduce ml-100k-ranking", LinearReproduction.Run), ("reproduce shop", ShopReproduction.Run), ("reproduce mnist", MnistReproduction.Run),
    ("reproduce mnist-robust", MnistRobustReproduction.Run), ("reproduce s3rec", S3RecReproduction.Run), ("reproduce gowalla", GowallaReproduction.Run),
    ("reproduce gowalla-linear", LinearReproduction.Run), ("reproduce online-retail", OnlineRetailReproduction.Run),
    ("reproduce criteo", CriteoReproduction.Run), ("reproduce transfer", TransferReproduction.Run), ("reproduce goals", GoalsReproduction.Run),
    ("reproduce sentiment", SentimentReproduction.Run), ("reproduce certify", CertifyReproduction.Run),
    ("reproduce shilling", ShillingReproduction.Run),
    ("reproduce gaussians", GaussiansReproduction.Run),
    ("reproduce mnist-gan", MnistGanReproduction.Run), ("reproduce defenses", DefensesReproduction.Run),
    ("reproduce hybrid", HybridReproduction.Run),
    ("reproduce commerce", CommerceReproduction.Run),
    ("reproduce histories", HistoriesReproduction.Run),
    ("reproduce privacy", PrivacyReproduction.Run),
    ("reproduce streams", StreamsReproduction.Run),
    ("reproduce text-attack", TextAttackReproduction.Run),
    ("reproduce feature-attack", FeatureAttackReproduction.Run),
    ("reproduce behavior", BehaviorReproduction.Run),
    ("reproduce behavior-ordered", OrderedBehaviorReproduction.Run),
    ("reproduce behavior-rated", RatedBehaviorReproduction.Run),
    ("reproduce behavior-segments", SegmentReproduction.Run),
    ("reproduce tail", TailReproduction.Run),
    ("reproduce joint", JointReproduction.Run),
    ("reproduce cold-start", ColdStartReproduction.Run),
    ("reproduce advgan", AdvGanReproduction.Run),
    ("reproduce diversity", DiversityReproduction.Run),
    ("reproduce gate", GateReproduction.Run),
    ("reproduce modalities", ModalitiesReproduction.Run),
    ("reproduce monitor", MonitorReproduction.Run),
];

Team.Threads = new Arguments(args).Int("threads", Environment.ProcessorCount);
var name = string.Join(' ', args.Take(args is ["reproduce", ..] ? 2 : 1));
return Array.Find(all, one => one.Name == name) is { Run: { } run }
    ? run(args)
    : throw new ArgumentException($"Name a benchmark: {string.Join(", ", all.Select(one => one.Name))}.");
