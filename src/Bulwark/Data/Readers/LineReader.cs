using System.Buffers.Binary;
using System.IO.Compression;

namespace Bulwark.Data.Readers;

/// <summary>Lines of a UTF-8 file as bytes, without copying: LF or CR LF, with or without a byte order mark, plain or gzip.</summary>
internal sealed class LineReader : IDisposable
{
    private const int LongestLine = 1 << 28;
    private readonly Stream _stream;
    private readonly Reading? _reading;
    private byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private long _total;
    private bool _ended;

    /// <summary>Opens a file.</summary>
    /// <exception cref="DataException">The file is missing, empty, binary or UTF-16.</exception>
    public LineReader(string path, Reading? reading = null)
    {
        (Path, _reading) = (path, reading);
        _stream = Open(path);
        try
        {
            SkipMark();
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>Number of the last line given, from 1.</summary>
    public int Line { get; private set; }

    /// <summary>The next line, good until the following call; blank ones included.</summary>
    public bool Next(out ReadOnlySpan<byte> line)
    {
        for (var scanned = 0; ;)
        {
            var rest = _buffer.AsSpan(_start.._end);
            var length = rest[scanned..].IndexOf((byte)'\n');
            if (length >= 0)
            {
                length += scanned;
                _start += length + 1;
                line = rest[..length];
                break;
            }
            scanned = rest.Length;
            if (Fill()) continue;
            _start = _end;
            line = rest;
            if (rest.IsEmpty) return false;
            break;
        }
        if (line is [.., (byte)'\r']) line = line[..^1];
        Line++;
        return true;
    }

    /// <summary>The next line that is not blank; counted as a line of data.</summary>
    public bool NextRow(out ReadOnlySpan<byte> line)
    {
        while (Next(out line))
        {
            if (IsBlank(line)) continue;
            _reading?.CountLine(Path, Line);
            return true;
        }
        return false;
    }

    /// <summary>The first line that is not blank, as a header: not counted as data.</summary>
    /// <exception cref="DataException">There is none, or it is not UTF-8.</exception>
    public ReadOnlySpan<byte> Header()
    {
        while (Next(out var line))
        {
            if (IsBlank(line)) continue;
            if (!System.Text.Unicode.Utf8.IsValid(line)) throw new DataException(Path, Line, "the header is not valid UTF-8", "save the file as UTF-8");
            return line;
        }
        throw Empty(Path);
    }

    public void Dispose() => _stream.Dispose();

    private static bool IsBlank(ReadOnlySpan<byte> line)
    {
        foreach (var b in line)
            if (b is not ((byte)' ' or (byte)'\t')) return false;
        return true;
    }

    private static DataException Empty(string path) => new(path, null, "is empty", "give a file with at least one row");

    private static Stream Open(string path)
    {
        if (Directory.Exists(path)) throw new DataException(path, null, "is a folder where a file is needed", "name one of its files");
        if (!File.Exists(path)) throw new DataException(path, null, "does not exist", "check the path");
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.SequentialScan);
            return path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : file;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new DataException(path, null, $"cannot be opened ({e.Message.TrimEnd('.')})", "check its permissions");
        }
    }

    /// <summary>Reads on behind what is left, which moves to the front; false at the end of the file.</summary>
    private bool Fill()
    {
        if (_ended) return false;
        if (_start > 0)
        {
            _buffer.AsSpan(_start.._end).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
        if (_end == _buffer.Length)
        {
            if (_end >= LongestLine) throw new DataException(Path, Line + 1, "the line is longer than 256 MB", "give a text file with one row a line");
            Array.Resize(ref _buffer, _end * 2);
        }
        try
        {
            var read = _stream.Read(_buffer, _end, _buffer.Length - _end);
            _end += read;
            _total += read;
            _ended = read == 0;
        }
        catch (InvalidDataException)
        {
            throw new DataException(Path, Line + 1, "is not a whole gzip file", "pack it again or give it without the .gz suffix");
        }
        if (_ended && _stream is GZipStream && _total < StatedLength())
            throw new DataException(Path, Line + 1, "the gzip file is cut short", "fetch it again");
        return !_ended;
    }

    /// <summary>
    /// The last four bytes of a gzip file: its unpacked length, or that of its last member. The stream itself ends without complaint where the file is
    /// cut short.
    /// </summary>
    private uint StatedLength()
    {
        using var file = File.OpenRead(Path);
        Span<byte> length = stackalloc byte[4];
        if (file.Length < 18) return uint.MaxValue;                      // an empty gzip file has 20 bytes, its header and trailer alone 18
        file.Seek(-4, SeekOrigin.End);
        file.ReadExactly(length);
        return BinaryPrimitives.ReadUInt32LittleEndian(length);
    }

    private void SkipMark()
    {
        while (_end - _start < 4096 && Fill()) { }
        var head = _buffer.AsSpan(_start.._end);
        if (head.StartsWith<byte>([0xEF, 0xBB, 0xBF])) _start += 3;
        else if (head.StartsWith<byte>([0xFF, 0xFE]) || head.StartsWith<byte>([0xFE, 0xFF]))
            throw new DataException(Path, null, "is UTF-16 text", "save it as UTF-8");
        if (_start == _end) throw Empty(Path);
        if (head.Contains((byte)0)) throw new DataException(Path, null, "is a binary file", "give a text file of interactions");
    }
}
