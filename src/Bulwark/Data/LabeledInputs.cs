using Bulwark.Tensors;

namespace Bulwark.Data;

/// <summary>Inputs with a class each: rows of numbers, or images with channels last.</summary>
public sealed class LabeledInputs
{
    private readonly ReadOnlyMemory<float> _values;
    private readonly ReadOnlyMemory<int> _labels;

    /// <summary>Inputs one after the other, and their classes.</summary>
    /// <param name="input">The shape of one input: (features), or (height, width, channels).</param>
    /// <param name="values">All inputs' values.</param>
    /// <param name="labels">Each input's class, from 0.</param>
    /// <exception cref="ArgumentException">There is not an input for each label, a class is negative, or an input has more than three axes.</exception>
    public LabeledInputs(Shape input, ReadOnlyMemory<float> values, ReadOnlyMemory<int> labels)
    {
        if (input.Rank > 3) throw new ArgumentException($"An input has at most three axes, not {input}.");
        if (values.Length != (long)labels.Length * input.Count)
            throw new ArgumentException($"{labels.Length} inputs of {input} have {(long)labels.Length * input.Count} values, not {values.Length}.");
        foreach (var label in labels.Span) if (label < 0) throw new ArgumentException($"Classes count from 0; {label} is none.");
        (Input, _values, _labels) = (input, values, labels);
    }

    /// <summary>The shape of one input.</summary>
    public Shape Input { get; }

    /// <summary>How many there are.</summary>
    public int Count => _labels.Length;

    /// <summary>The class of each.</summary>
    public ReadOnlySpan<int> Labels => _labels.Span;

    /// <summary>The values of one.</summary>
    public ReadOnlySpan<float> this[int index] => _values.Span.Slice(index * Input.Count, Input.Count);

    /// <summary>Those from <paramref name="first"/> on, so many; nothing is copied.</summary>
    public LabeledInputs Part(int first, int count) => new(Input, _values.Slice(first * Input.Count, count * Input.Count), _labels.Slice(first, count));

    /// <summary>Each input's values followed by those of its partner in another list, with this list's labels.</summary>
    /// <exception cref="ArgumentException">They are not as many.</exception>
    public LabeledInputs Beside(LabeledInputs other)
    {
        if (other.Count != Count) throw new ArgumentException($"{Count} inputs cannot stand beside {other.Count}.", nameof(other));
        var (width, values) = (Input.Count + other.Input.Count, new float[Count * (Input.Count + other.Input.Count)]);
        for (var i = 0; i < Count; i++)
        {
            this[i].CopyTo(values.AsSpan(i * width));
            other[i].CopyTo(values.AsSpan(i * width + Input.Count));
        }
        return new(width, values, _labels);
    }

    /// <summary>Some of the inputs, in this order.</summary>
    public LabeledInputs Part(ReadOnlySpan<int> indices)
    {
        var (size, values, labels) = (Input.Count, new float[indices.Length * Input.Count], new int[indices.Length]);
        for (var i = 0; i < labels.Length; i++)
        {
            this[indices[i]].CopyTo(values.AsSpan(i * size));
            labels[i] = Labels[indices[i]];
        }
        return new(Input, values, labels);
    }

    /// <summary>The shape of so many of them as one tensor: (count, …).</summary>
    public Shape ShapeOf(int count)
    {
        Span<int> axes = stackalloc int[1 + Input.Rank];
        axes[0] = count;
        Input.CopyTo(axes[1..]);
        return new Shape(axes);
    }
}
