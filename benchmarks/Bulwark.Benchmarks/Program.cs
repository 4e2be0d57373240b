using Bulwark.Benchmarks;

return args.FirstOrDefault() switch
{
    "matmul" => MatMulBenchmark.Run(args[1..]),
    _ => Usage(),
};

static int Usage()
{
    Console.Error.WriteLine("Name a benchmark: matmul.");
    return 1;
}
