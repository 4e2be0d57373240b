namespace Bulwark.Cli;

/// <summary>The command line or a setting makes no sense. The message is one sentence that says what to do.</summary>
internal sealed class UsageException(string message) : Exception(message)
{
    /// <summary>Work on what the command line names: an argument that the library refuses is the user's, and so is the sentence.</summary>
    /// <exception cref="UsageException">An argument is refused.</exception>
    public static T OfRefused<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (ArgumentException refusal)
        {
            throw new UsageException(refusal.Message);
        }
    }

    /// <inheritdoc cref="OfRefused{T}"/>
    public static void OfRefused(Action work) => OfRefused(() =>
    {
        work();
        return true;
    });
}
