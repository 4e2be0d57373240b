using Bulwark.Benchmarks;
using Bulwark.Benchmarks.Reproductions;
using Bulwark.Tensors;

Team.Threads = new Arguments(args).Int("threads", Environment.ProcessorCount);
return args switch
{
    ["steps", ..] => StepsBenchmark.Run(args),
    ["matmul", ..] => MatMulBenchmark.Run(args),
    ["topk", ..] => TopKBenchmark.Run(args),
    ["sasrec", ..] => SequenceBenchmark.Run(args),
    ["memory", ..] => MemoryBenchmark.Run(args),
    ["reproduce", "msap", ..] => MsapReproduction.Run(args),
    ["reproduce", "ncf", ..] => NcfReproduction.Run(args),
    ["reproduce", "ncf-linear", ..] => LinearReproduction.Run(args),
    ["reproduce", "ncf-vae", ..] => AutoencoderReproduction.Run(args),
    ["reproduce", "ml-100k", ..] => RatingsReproduction.Run(args),
    ["reproduce", "shop", ..] => ShopReproduction.Run(args),
    ["reproduce", "mnist", ..] => MnistReproduction.Run(args),
    ["reproduce", "s3rec", ..] => S3RecReproduction.Run(args),
    ["reproduce", "gowalla", ..] => GowallaReproduction.Run(args),
    ["reproduce", "online-retail", ..] => OnlineRetailReproduction.Run(args),
    ["reproduce", "shilling", ..] => ShillingReproduction.Run(args),
    _ => throw new ArgumentException(
        "Name a benchmark: steps, matmul, topk, sasrec, memory, " +
        "reproduce msap|ncf|ncf-linear|ncf-vae|ml-100k|shop|mnist|s3rec|gowalla|online-retail|shilling."),
};
