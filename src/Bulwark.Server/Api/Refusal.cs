namespace Bulwark.Server.Api;

/// <summary>A request that is not answered, and why in one sentence for the caller.</summary>
internal sealed class Refusal(int status, string sentence) : Exception(sentence)
{
    /// <summary>The status of the answer.</summary>
    public int Status => status;

    /// <summary>The caller asked for something that makes no sense.</summary>
    public static Refusal Bad(string sentence) => new(StatusCodes.Status400BadRequest, sentence);

    /// <summary>There is no such thing.</summary>
    public static Refusal Unknown(string sentence) => new(StatusCodes.Status404NotFound, sentence);
}
