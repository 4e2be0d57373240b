using System.Threading.Channels;

namespace Bulwark.Server.Events;

/// <summary>
/// Events on disk, a line of JSON each, never changed: what was acknowledged is there after a crash, once. Callers who write at the same time share one flush
/// (group commit).
/// </summary>
public sealed class EventLog : IAsyncDisposable
{
    private const string Name = "events.jsonl";
    private const int MostAtOnce = 1024;                     // callers who share a flush
    private readonly FileStream _file;
    private readonly Action<TouchEvent> _written;
    private readonly Channel<Pending> _pending = Channel.CreateUnbounded<Pending>();      // each caller waits for what it put there
    private readonly Task _writing;
    private bool _isBroken;

    private EventLog(FileStream file, Action<TouchEvent> written)
    {
        (_file, _written) = (file, written);
        _writing = Task.Run(Write);
    }

    private sealed record Pending(IReadOnlyList<LogLine> Lines, TaskCompletionSource Done);

    /// <summary>Opens the log of a folder, which is made if there is none.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="past">Hears every event that is there, in order, with its number from 1 and whether the model learned right after it.</param>
    /// <param name="notice">Hears of a line that was not finished when the writer died, and was cut off: nobody had been told that it is there.</param>
    /// <param name="written">Hears every event that is written from now on, in the order of the log, before its writer is told.</param>
    /// <exception cref="InvalidDataException">A line is not one of a log; the message names it.</exception>
    /// <exception cref="IOException">The log cannot be opened, as another server has it.</exception>
    public static EventLog Open(string folder, Action<TouchEvent, bool> past, Action<string> notice, Action<TouchEvent> written)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, Name);
        var file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        try
        {
            var (lines, end) = LogReader.Read(file, path);
            if (end < file.Length)
            {
                notice($"The last line of {path} was not finished and has been cut off.");
                file.SetLength(end);
            }
            file.Position = end;
            var learned = lines.Select(line => line.Learned).OfType<long>().ToHashSet();
            foreach (var (n, each) in lines.Select(line => line.Event).OfType<TouchEvent>().Index()) past(each, learned.Contains(n + 1));
            return new(file, written);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Writes events; when this is over they are on the disk, and whoever listens has heard of them.</summary>
    /// <exception cref="IOException">They could not be written, and are not in the log.</exception>
    public Task Append(IEnumerable<TouchEvent> events) => Append([.. events.Select(LogLine.Of)]);

    /// <summary>Notes that the model has learned from so many events. It does not wait: whoever learns is whom writers may be waiting for.</summary>
    public void NoteLearned(long events) => _pending.Writer.TryWrite(new([new LogLine { Learned = events }], new()));

    private Task Append(IReadOnlyList<LogLine> lines)
    {
        var pending = new Pending(lines, new(TaskCreationOptions.RunContinuationsAsynchronously));
        return _pending.Writer.TryWrite(pending) ? pending.Done.Task : throw new IOException("The log is closed: the server stops.");
    }

    private async Task Write()
    {
        var together = new List<Pending>();
        while (await _pending.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            together.Clear();
            while (together.Count < MostAtOnce && _pending.Reader.TryRead(out var next)) together.Add(next);
            try
            {
                Commit([.. together.SelectMany(one => one.Lines).SelectMany(line => line.ToUtf8().Append((byte)'\n'))]);
                foreach (var each in together.SelectMany(one => one.Lines).Select(line => line.Event).OfType<TouchEvent>()) _written(each);
                foreach (var one in together) one.Done.SetResult();
            }
            catch (Exception failed)
            {
                foreach (var one in together) one.Done.TrySetException(failed);
            }
        }
    }

    /// <summary>All of it and one flush, or nothing.</summary>
    private void Commit(byte[] lines)
    {
        if (_isBroken) throw new IOException($"{_file.Name} ends in a line that could neither be written nor cut off; start the server again.");
        var begin = _file.Position;
        try
        {
            _file.Write(lines);
            _file.Flush(flushToDisk: true);
        }
        catch (IOException)
        {
            _isBroken = true;
            _file.SetLength(begin);
            _file.Position = begin;
            _isBroken = false;
            throw;
        }
    }

    /// <summary>Writes what waits, and closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        _pending.Writer.TryComplete();
        await _writing.ConfigureAwait(false);
        await _file.DisposeAsync().ConfigureAwait(false);
    }
}
