using Bulwark.Benchmarks;

return args switch
{
    ["steps", ..] => StepsBenchmark.Run(args),
    ["matmul", ..] => MatMulBenchmark.Run(args),
    ["topk", ..] => TopKBenchmark.Run(args),
    _ => throw new ArgumentException("Name a benchmark: steps, matmul, topk."),
};
