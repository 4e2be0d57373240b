using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;

namespace Bulwark.Tensors;

/// <summary>
/// A small team of threads for dense work: publishing a job and joining costs under a microsecond while the workers are awake, and no garbage.
/// </summary>
/// <remarks>
/// Callers cut work into parts by its shape alone, never by <see cref="Threads"/>, so that results have the same bits on any machine. Workers
/// that find no job spin for a tenth of a millisecond, then sleep. A call from inside a part, or while another thread has the team, runs all of
/// its parts on the caller.
/// </remarks>
public static unsafe class Team
{
    private static readonly long Patience = Stopwatch.Frequency / 10_000;
    private static int _threads = Environment.ProcessorCount;
    private static int _busy;
    private static Worker[] _workers = [];

    // The job. Written by the owner of _busy while the gate is shut, read by workers that are inside the gate.
    private static delegate*<void*, object, int, void> _invoke;
    private static void* _state;
    private static object? _body;
    private static int _parts;
    private static long _epoch;
    private static Exception? _failure;
    private static Padded _next;
    private static Padded _gate;
    private const int Open = 1 << 30;                          // the gate: this bit, and how many workers are inside

    /// <summary>How many threads work on a job, the caller included; 1 runs everything on the caller. At first the number of processors.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public static int Threads
    {
        get => Volatile.Read(ref _threads);
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            Volatile.Write(ref _threads, value);
        }
    }

    /// <summary>
    /// Runs <c>body(state, part)</c> for every part from 0 to <paramref name="parts"/> − 1, in no particular order, and returns when all are done.
    /// Pass a static lambda, and what it needs as <paramref name="state"/>: then nothing is allocated.
    /// </summary>
    /// <exception cref="Exception">What a part threw first; parts not yet begun are then left out.</exception>
    public static void Run<TState>(int parts, TState state, Action<TState, int> body)
    {
        ArgumentNullException.ThrowIfNull(body);
        if (parts <= 1 || Threads == 1 || Interlocked.CompareExchange(ref _busy, 1, 0) != 0)
        {
            for (var part = 0; part < parts; part++) body(state, part);
            return;
        }
        try
        {
#pragma warning disable CS8500                                 // the state is on this stack, and this call outlives all use of it
            Publish(parts, &state, body, &Invoke<TState>);
#pragma warning restore CS8500
        }
        finally
        {
            Volatile.Write(ref _busy, 0);
        }
    }

    private static void Invoke<TState>(void* state, object body, int part) =>
        Unsafe.As<Action<TState, int>>(body)(Unsafe.AsRef<TState>(state), part);

    private static void Publish(int parts, void* state, object body, delegate*<void*, object, int, void> invoke)
    {
        var helpers = Math.Min(Threads, parts) - 1;
        if (_workers.Length < helpers) Hire(helpers);
        _invoke = invoke;
        _state = state;
        (_body, _parts, _next.Value) = (body, parts, 0);
        Interlocked.Or(ref _gate.Value, Open);
        Interlocked.Increment(ref _epoch);                     // after opening: who sees the new epoch and a shut gate has missed the job
        for (var i = 0; i < helpers; i++) _workers[i].Wake();
        Work();
        Interlocked.And(ref _gate.Value, ~Open);               // nobody enters any more
        var spinner = default(SpinWait);
        while (Volatile.Read(ref _gate.Value) != 0) spinner.SpinOnce(sleep1Threshold: -1);
        _body = null;
        var failure = _failure;
        if (failure is null) return;
        _failure = null;
        ExceptionDispatchInfo.Throw(failure);
    }

    /// <summary>Takes parts until none is left.</summary>
    private static void Work()
    {
        try
        {
            for (int part; (part = Interlocked.Increment(ref _next.Value) - 1) < _parts;) _invoke(_state, _body!, part);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            Volatile.Write(ref _next.Value, _parts);
        }
    }

    private static void Hire(int count)
    {
        var first = _workers.Length;
        Array.Resize(ref _workers, count);
        for (var i = first; i < count; i++) _workers[i] = new Worker(i);
    }

    private sealed class Worker
    {
        private readonly SemaphoreSlim _alarm = new(0);
        private readonly int _index;
        private int _asleep;

        public Worker(int index)
        {
            _index = index;
            new Thread(Loop) { IsBackground = true, Name = $"Bulwark team {index + 1}" }.Start();
        }

        public void Wake()
        {
            if (Volatile.Read(ref _asleep) == 1 && Interlocked.CompareExchange(ref _asleep, 0, 1) == 1) _alarm.Release();
        }

        private void Loop()
        {
            var seen = 0L;
            while (true)
            {
                seen = Await(seen);
                if (_index >= Threads - 1) continue;           // not on the team at present
                if ((Interlocked.Increment(ref _gate.Value) & Open) != 0) Work();
                Interlocked.Decrement(ref _gate.Value);
            }
        }

        /// <summary>Returns the epoch once it is not the seen one.</summary>
        private long Await(long seen)
        {
            var since = Stopwatch.GetTimestamp();
            for (var polls = 1; ; polls++)
            {
                var epoch = Volatile.Read(ref _epoch);
                if (epoch != seen) return epoch;
                Thread.SpinWait(1);
                if (polls % 64 != 0 || Stopwatch.GetTimestamp() - since < Patience) continue;
                Interlocked.Exchange(ref _asleep, 1);
                if (Volatile.Read(ref _epoch) == seen || Interlocked.CompareExchange(ref _asleep, 0, 1) == 0) _alarm.Wait();
                since = Stopwatch.GetTimestamp();
            }
        }
    }

    /// <summary>A counter alone on its cache lines.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Padded
    {
        [FieldOffset(128)] public int Value;
    }
}
