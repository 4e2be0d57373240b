using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Bulwark.Tensors.Kernels;

/// <summary>Cuts a product into blocks that fit the caches, parts for the team and tiles for the registers, and packs what is worth it.</summary>
internal static unsafe class MatMulDriver<TV, TLanes> where TV : unmanaged where TLanes : IVectorUnit<TV>
{
    private const int SlabRows = 112;                          // rows of A that pass over a block of B before the next rows do
    private const int FewRows = 256;                           // of A: then the columns of B are shared out
    private const int PackedFloats = 1 << 18;                  // of a packed block of B: half of a second-level cache

    private static int Lanes => sizeof(TV) / sizeof(float);

    internal static void Multiply(in MatMulOperands o)
    {
        if (o.M <= 0 || o.N <= 0) return;
        var job = new Job(o);
        var small = o.Ldb <= job.Vectors * Lanes || (long)o.K * o.N <= 8192;
        if (!o.TransposeB && (o.M < 32 || small && (o.M < 64 || o.N % Lanes == 0)))
        {
            Parts(job);
            return;
        }
        if (o.M <= FewRows && job.Share(Math.Min(4 * Team.Threads, job.Tiles)) is var strips and > 1)
        {
            Team.Run(strips, (job, strips), static (x, part) => Strip(x.job, part, x.strips));
            return;
        }
        var width = Math.Max(1, PackedFloats / Math.Max(1, job.Block) / (job.Vectors * Lanes)) * job.Vectors * Lanes;
        job.PackedB = Scratch.B((nint)Math.Min(width, RoundUp(o.N, Lanes)) * job.Block);
        for (job.Column = 0; job.Column < o.N; job.Column = job.EndColumn)
        {
            job.EndColumn = Math.Min(o.N, job.Column + width);
            job.K = 0;
            do
            {
                job.EndK = Math.Min(o.K, job.K + job.Block);
                var packs = (long)(job.EndColumn - job.Column) * (job.EndK - job.K) >= 1 << 16 ? job.Tiles : 1;
                Team.Run(packs, (job, packs), static (x, part) => PackB(x.job, part, x.packs));
                Parts(job);
                job.K = job.EndK;
            }
            while (job.K < o.K);
        }
    }

    /// <summary>Of few rows the columns are shared out: each part packs its own tiles of B, one after the other, and multiplies by them while they are near.</summary>
    private static void Strip(Job job, int part, int parts)
    {
        var (tiles, end) = (job, job.Tiles * (part + 1) / parts);
        for (var tile = job.Tiles * part / parts; tile < end; tile++)
        {
            var (column, width) = tiles.Tile(tile);
            (job.Column, job.EndColumn) = (column, Math.Min(job.O.N, column + width));
            job.PackedB = Scratch.B((nint)width * job.Block);
            for (job.K = 0; job.K < job.O.K; job.K = job.EndK)
            {
                job.EndK = Math.Min(job.O.K, job.K + job.Block);
                PackB(job, 0, 1);
                Slab(job, 0, job.O.M, job.K, job.EndK - job.K);
            }
        }
    }

    /// <summary>Floats that <see cref="Pack"/> writes for a B of this shape.</summary>
    internal static nint PackedLength(int n, int k) => (nint)RoundUp(n, Lanes) * k;

    /// <summary>Packs all of B for products with a row-major A.</summary>
    internal static void Pack(in MatMulOperands o, float* to)
    {
        var job = new Job(o) { PackedB = to };
        for (job.EndK = 0; job.EndK < o.K; job.K = job.EndK)
        {
            job.EndK = Math.Min(o.K, job.K + job.Block);
            PackB(job, 0, 1);
            job.PackedB += PackedLength(o.N, job.EndK - job.K);
        }
    }

    /// <summary>The product with a B that <see cref="Pack"/> packed.</summary>
    internal static void MultiplyPacked(in MatMulOperands o, float* packed) => Parts(new Job(o) { PackedB = packed });

    /// <summary>Shares out the rows. Every element is computed alone, so cutting by the number of threads cannot change its bits.</summary>
    private static void Parts(Job job)
    {
        var most = Team.Threads * (job.PackedB == null && job.O.K > job.Block ? 1 : 4);     // every part reads all of B: keep it to few if B is long
        var parts = job.Share(most);
        job.PartRows = Team.Threads == 1 ? job.O.M : RoundUp((job.O.M + parts - 1) / parts, job.Rows);
        Team.Run((job.O.M + job.PartRows - 1) / job.PartRows, job, static (job, part) => Part(job, part));
    }

    private static int RoundUp(int x, int unit) => (x + unit - 1) / unit * unit;

    private static void PackB(in Job job, int part, int parts)
    {
        var depth = job.EndK - job.K;
        for (int tile = job.Tiles * part / parts, end = job.Tiles * (part + 1) / parts; tile < end; tile++)
        {
            var (column, width) = job.Tile(tile);
            var to = job.PackedB + (nint)(column - job.Column) * depth;
            var valid = Math.Min(width, job.O.N - column);
            if (job.O.TransposeB) MatMulPack<TV, TLanes>.Transposed(depth, valid, width, job.O.B + (nint)column * job.O.Ldb + job.K, job.O.Ldb, to);
            else MatMulPack<TV, TLanes>.Rows(depth, valid, width, job.O.B + (nint)job.K * job.O.Ldb + column, job.O.Ldb, to, width);
        }
    }

    private static void Part(in Job job, int part)
    {
        var end = Math.Min(job.O.M, (part + 1) * job.PartRows);
        for (int row = part * job.PartRows, rows; row < end; row += rows)
        {
            rows = Math.Min(SlabRows / job.Rows * job.Rows, end - row);
            var k = job.K;
            do
            {
                var depth = Math.Min(job.Block, job.EndK - k);
                Slab(job, row, rows, k, depth);
                k += depth;
            }
            while (k < job.EndK);
        }
    }

    /// <summary>Some rows of C, the job's columns, one block of k.</summary>
    private static void Slab(in Job job, int row, int rows, int k, int depth)
    {
        ref readonly var o = ref job.O;
        var lda = o.Lda;
        var a = o.TransposeA ? o.A + (nint)k * lda + row : o.A + (nint)row * lda + k;
        if (job.PackA)
        {
            var (lines, length) = o.TransposeA ? (depth, rows) : (rows, depth);
            lda = RoundUp(length, Lanes);
            var packed = Scratch.A((nint)lines * lda);
            MatMulPack<TV, TLanes>.Rows(lines, length, lda, a, o.Lda, packed, lda);
            a = packed;
        }
        var accumulate = k > 0 || o.Epilogue.Accumulate;
        var finish = o.Epilogue.Finishes && k + depth == o.K;
        var far = o.N >= 512 && depth >= 128;                  // C is not near, and the tile leaves time to fetch it
        nint stepA = o.TransposeA ? 1 : lda;
        var heights = (rows + job.Rows - 1) / job.Rows;
        for (var tile = 0; tile < job.Tiles; tile++)
        {
            var (column, width) = job.Tile(tile);
            var partial = o.N - column < width;
            var lastColumns = Lanes - (partial ? width - (o.N - column) : 0);
            var packed = job.PackedB != null;
            var b = packed
                ? job.PackedB + PackedLength(job.EndColumn - job.Column, k - job.K) + (nint)(column - job.Column) * depth
                : o.B + (nint)k * o.Ldb + column;
            var kernels = MatMulTiles<TV, TLanes>.Find(width / Lanes, o.TransposeA, !partial ? 0 : packed ? 1 : 2);
            for (int h = 0, i = 0; h < heights; h++)
            {
                var next = rows * (h + 1) / heights;
                var c = o.C + (nint)(row + i) * o.Ldc + column;
                if (far) Prefetch(c, o.Ldc, next - i, width);
                ((delegate*<nint, float*, nint, float*, nint, float*, nint, int, bool, void>)kernels[next - i])(
                    depth, a + i * stepA, lda, b, packed ? width : o.Ldb, c, o.Ldc, lastColumns, accumulate);
                if (finish) MatMulFinish<TV, TLanes>.Apply(o, row + i, next - i, column, Math.Min(width, o.N - column));
                i = next;
            }
        }
    }

    private static void Prefetch(float* c, nint ldc, int rows, int width)
    {
        if (!Sse.IsSupported) return;
        for (; rows > 0; rows--, c += ldc)
            for (var j = 0; j < width; j += 16) Sse.Prefetch0(c + j);
    }

    /// <summary>A product, its shape of tile, and the block that is being worked on.</summary>
    private struct Job
    {
        public readonly MatMulOperands O;
        public readonly int Vectors, Rows, Block;              // a tile's most vectors and rows; the longest block of k
        public readonly bool PackA;
        public int PartRows, Column, EndColumn, K, EndK;
        public float* PackedB;

        public Job(in MatMulOperands o)
        {
            O = o;
            var vectors = (o.N + Lanes - 1) / Lanes;
            var most = TLanes.Registers < 32 ? 2 : 4;
            var across = (vectors + most - 1) / most;
            Vectors = (vectors + across - 1) / across;
            Rows = TLanes.Registers < 32 ? Vectors == 1 ? 12 : 6 : Vectors switch { 1 => 12, 2 => 14, 3 => 8, _ => 6 };
            Block = MatMulScalar.Block(o.K);
            PackA = o.M >= 32 && o.N > Vectors * Lanes && (o.Lda >= 1024 || o.N >= 768 && o.K >= 512);
            (EndColumn, EndK) = (o.N, o.K);
        }

        /// <summary>How many parts the present block is worth, at most so many.</summary>
        public readonly int Share(int most) => (int)Math.Clamp((long)O.M * O.N * (EndK - K) >> 18, 1, most);

        /// <summary>Tiles across the job's columns: as few as can be, evenly wide.</summary>
        public readonly int Tiles => ((EndColumn - Column + Lanes - 1) / Lanes + Vectors - 1) / Vectors;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly (int Column, int Width) Tile(int tile)
        {
            var (vectors, tiles) = ((EndColumn - Column + Lanes - 1) / Lanes, Tiles);
            var first = (int)((long)vectors * tile / tiles);
            var end = (int)((long)vectors * (tile + 1) / tiles);
            return (Column + first * Lanes, (end - first) * Lanes);
        }
    }
}
