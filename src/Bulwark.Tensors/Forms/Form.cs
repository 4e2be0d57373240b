namespace Bulwark.Tensors.Forms;

/// <summary>Values that are not simply dense. Each form knows how to become dense, once, when somebody insists.</summary>
internal abstract unsafe class Form
{
    private Block? _dense;
    private int _generation;

    /// <summary>The dense values, worked out at the first call.</summary>
    public Block Dense(Shape shape)
    {
        if (_dense is null || _dense.Generation != _generation)
        {
            var block = Block.Rent(shape.Count);
            Write(block.Data, shape);
            (_dense, _generation) = (block, block.Generation);
        }
        return _dense;
    }

    /// <summary>Moves what the values need to the enclosing scope.</summary>
    public virtual void Promote(Shape shape) => Scope.Promote(Dense(shape));

    /// <summary>Writes all values densely.</summary>
    protected abstract void Write(float* to, Shape shape);
}
