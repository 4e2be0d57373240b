namespace Bulwark.Training;

/// <summary>
/// Fills batches ahead on a thread of its own, in a ring. The batches are those that filling them in turn would give; only the waiting
/// differs.
/// </summary>
internal sealed class Prefetch<TBatch> : IDisposable where TBatch : IBatch
{
    private const int Ring = 4;
    private readonly IBatchSource<TBatch> _source;
    private readonly TBatch[] _batches;
    private readonly SemaphoreSlim _filled = new(0), _free = new(Ring);
    private readonly CancellationTokenSource _stop = new();
    private readonly Thread? _thread;
    private readonly long _last;
    private long _taken;
    private bool _held;
    private Exception? _fault;

    /// <summary>Batches of the steps [first, last); with one thread they are filled when asked for.</summary>
    public Prefetch(IBatchSource<TBatch> source, long first, long last, bool ahead)
    {
        (_source, _taken, _last) = (source, first, last);
        _batches = new TBatch[ahead ? Ring : 1];
        for (var i = 0; i < _batches.Length; i++) _batches[i] = source.Create();
        if (!ahead) return;
        _thread = new Thread(() => FillAhead(first)) { IsBackground = true, Name = "batches" };
        _thread.Start();
    }

    /// <summary>The next step's batch, valid until the call after this one.</summary>
    public TBatch Next()
    {
        var batch = _batches[_taken % _batches.Length];
        if (_thread is null)
        {
            _source.Fill(batch, _taken);
            batch.Regroup();
        }
        else
        {
            if (_held) _free.Release();
            _filled.Wait();
            if (_fault is not null) throw new InvalidOperationException("A batch could not be prepared.", _fault);
            _held = true;
        }
        _taken++;
        return batch;
    }

    public void Dispose()
    {
        _stop.Cancel();
        _thread?.Join();
        _stop.Dispose();
    }

    private void FillAhead(long first)
    {
        try
        {
            for (var step = first; step < _last; step++)
            {
                _free.Wait(_stop.Token);
                var batch = _batches[step % Ring];
                _source.Fill(batch, step);
                batch.Regroup();
                _filled.Release();
            }
        }
        catch (OperationCanceledException) { }
        catch (Exception fault)
        {
            _fault = fault;
            _filled.Release();
        }
    }
}
