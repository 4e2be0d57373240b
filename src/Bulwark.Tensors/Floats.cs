namespace Bulwark.Tensors;

/// <summary>A refillable vector of numbers, for the labels of a batch: like <see cref="Ids"/>, it is filled again rather than made anew.</summary>
public sealed unsafe class Floats
{
    private Block _block = Block.Own(0);
    private Tensor _tensor = Tensor.Zeros(0);

    /// <summary>The values as a tensor, (count): valid until the next refill, then reading it throws.</summary>
    public Tensor Tensor => _tensor;

    /// <summary>Makes room for <paramref name="count"/> numbers and returns it to be written at once.</summary>
    public Span<float> Refill(int count)
    {
        if (count > _block.Capacity) _block = Block.Own(count);
        _block.Expire();
        _tensor = new Tensor(count, _block);
        return new Span<float>(_block.Data, count);
    }
}
