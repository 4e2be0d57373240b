namespace Bulwark.Tensors;

/// <summary>
/// A thing that can vary: a table of user rows, a weight matrix, input features. It is an identity and holds no value; a
/// <see cref="Point"/> says where it stands. Two variables are equal only if they are the same object.
/// </summary>
public sealed class Variable(string name)
{
    /// <summary>What files, reports and errors call it.</summary>
    public string Name { get; } = name;

    /// <summary>Whether its values come with the data and are not learned, as item features are: training leaves them where they are; attacks may move them.</summary>
    public bool IsGiven { get; init; }

    /// <summary>The name.</summary>
    public override string ToString() => Name;
}
