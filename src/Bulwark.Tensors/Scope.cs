using System.Numerics;

namespace Bulwark.Tensors;

/// <summary>
/// The lifetime of intermediate results on this thread. While a scope is open, tensors take their memory from the thread's pool; closing
/// it makes them stale and returns the memory, last in first out, so that the next step runs in the same warm lines. Without a scope,
/// allocation is ordinary and the garbage collector's business.
/// </summary>
/// <example><code>using (Scope.Open()) { … one training step … }</code></example>
public readonly ref struct Scope
{
    private const int SmallestClass = 6;                     // 64 floats
    private readonly int _start;
    private readonly bool _open;

    private Scope(int start) => (_start, _open) = (start, true);

    /// <summary>Opens a scope inside the thread's present one, if any.</summary>
    public static Scope Open()
    {
        var pool = Pool.OfThread;
        pool.Depth++;
        return new Scope(pool.Rented.Count);
    }

    /// <summary>A scope that does nothing: for callers that open one only sometimes.</summary>
    internal static Scope None => default;

    internal static bool IsOpen => Pool.OfThread.Depth > 0;

    internal static Block Rent(int count)
    {
        var pool = Pool.OfThread;
        var sizeClass = Math.Max(SmallestClass, BitOperations.Log2((uint)Math.Max(count - 1, 1)) + 1);
        if (sizeClass > 30) return Block.Own(count);
        var block = pool.Free[sizeClass].TryPop(out var free) ? free : Block.OfClass(sizeClass);
        block.Depth = pool.Depth;
        pool.Rented.Add(block);
        return block;
    }

    /// <summary>
    /// The block belongs to the enclosing scope from now on (to nobody but its holder where there is none). A block of an outer scope stays there.
    /// </summary>
    internal static void Promote(Block block) => block.Promoted = block.Depth > 0 && block.Depth == Pool.OfThread.Depth;

    /// <summary>Takes a block back before its scope closes. A block that no open scope of this thread has rented stays where it is.</summary>
    internal static void Return(Block block)
    {
        var pool = Pool.OfThread;
        var at = pool.Rented.LastIndexOf(block);
        if (at < 0) return;
        pool.Rented[at] = null;                              // its place stays: open scopes count places
        block.Promoted = false;
        block.Expire();
        pool.Free[block.SizeClass].Push(block);
    }

    /// <summary>Closes the scope: every tensor made in it and not promoted is stale.</summary>
    public void Dispose()
    {
        if (!_open) return;
        var pool = Pool.OfThread;
        pool.Depth--;
        var (rented, kept) = (pool.Rented, _start);
        for (var i = _start; i < rented.Count; i++)
        {
            if (rented[i] is not { } block) continue;        // returned already
            if (block.Promoted)
            {
                (block.Promoted, block.Depth) = (false, pool.Depth);
                if (pool.Depth > 0) rented[kept++] = block;
                continue;
            }
            block.Expire();
            pool.Free[block.SizeClass].Push(block);
        }
        rented.RemoveRange(kept, rented.Count - kept);
    }

    private sealed class Pool
    {
        [ThreadStatic] private static Pool? _ofThread;

        public static Pool OfThread => _ofThread ??= new Pool();

        public int Depth;
        public readonly List<Block?> Rented = [];
        public readonly Stack<Block>[] Free = [.. Enumerable.Range(0, 31).Select(_ => new Stack<Block>())];
    }
}
