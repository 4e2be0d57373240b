namespace Bulwark.Data;

/// <summary>Data cannot be used as they are. The message is one sentence: the file, the line, the problem, and what to do.</summary>
public sealed class DataException : Exception
{
    /// <summary>One sentence of the four parts; <paramref name="problem"/> and <paramref name="remedy"/> come without a full stop.</summary>
    public DataException(string file, int? line, string problem, string remedy)
        : base(line is { } at ? $"{file}, line {at}: {problem}; {remedy}." : $"{file}: {problem}; {remedy}.") =>
        (File, Line, Problem, Remedy) = (file, line, problem, remedy);

    /// <summary>The file or folder, or a few words for data that came from elsewhere.</summary>
    public string File { get; }

    /// <summary>The line, counted from 1, where one line is to blame.</summary>
    public int? Line { get; }

    /// <summary>What is wrong.</summary>
    public string Problem { get; }

    /// <summary>What the reader of the message can do about it.</summary>
    public string Remedy { get; }
}
