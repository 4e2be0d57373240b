namespace Bulwark.Generative.Streams;

/// <summary>
/// Notices that tastes have jumped: the loss of a window, taken before anything learns from it (prequential: Dawid 1984, Gama et al. 2013), exceeds the mean of the
/// last five by a factor. After a jump it begins anew. It speaks once it has seen three windows.
/// </summary>
/// <param name="factor">The factor.</param>
internal sealed class JumpDetector(float factor)
{
    private const int Least = 3, Most = 5;
    private readonly Queue<float> _losses = [];

    /// <summary>Whether this window's mean loss is a jump.</summary>
    public bool Take(float loss)
    {
        var jumped = _losses.Count >= Least && loss > factor * _losses.Average();
        if (jumped) _losses.Clear();
        _losses.Enqueue(loss);
        if (_losses.Count > Most) _losses.Dequeue();
        return jumped;
    }
}
