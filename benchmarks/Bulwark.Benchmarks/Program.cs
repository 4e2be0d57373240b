using Bulwark.Benchmarks;

return args.FirstOrDefault() switch
{
    "matmul" => MatMulBenchmark.Run(args[1..]),
    "topk" => TopKBenchmark.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: matmul or topk.");
    return 1;
}
