// The number of threads belongs to the process, and some tests compare runs with different ones.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
