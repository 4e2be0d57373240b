namespace Bulwark.Server.Monitoring;

/// <summary>In which window each row came first.</summary>
internal sealed class FirstSeen
{
    private const int Never = int.MaxValue;
    private int[] _window = [];

    /// <summary>Rows that have come.</summary>
    public int Count { get; private set; }

    /// <summary>The row is there; if it was not before, since this window.</summary>
    public void Meet(int row, int window)
    {
        if (row >= _window.Length)
        {
            var before = _window.Length;
            Array.Resize(ref _window, Math.Max(row + 1, (int)Math.Min(Array.MaxLength, before * 3L / 2)));
            Array.Fill(_window, Never, before, _window.Length - before);
        }
        if (_window[row] != Never) return;
        _window[row] = window;
        Count++;
    }

    /// <summary>Whether the row came first in this window or later.</summary>
    public bool IsSince(int row, int window) => row >= _window.Length || _window[row] >= window;
}
