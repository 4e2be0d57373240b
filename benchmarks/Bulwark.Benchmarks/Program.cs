using Bulwark.Benchmarks;
using Bulwark.Benchmarks.Reproductions;

return args switch
{
    ["steps", ..] => StepsBenchmark.Run(args),
    ["matmul", ..] => MatMulBenchmark.Run(args),
    ["topk", ..] => TopKBenchmark.Run(args),
    ["reproduce", "msap", ..] => Msap.Run(args),
    _ => throw new ArgumentException("Name a benchmark: steps, matmul, topk, reproduce msap."),
};
