using System.Text.Json;

namespace Bulwark.Server.Api;

/// <summary>Every failure as a status and one sentence of JSON; never a stack trace.</summary>
internal static class Refusals
{
    /// <summary>Answers for whatever is thrown behind it.</summary>
    public static async Task Answer(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            var (status, sentence) = Explain(exception);
            await Write(context, status, sentence).ConfigureAwait(false);
        }
    }

    /// <summary>Answers a path or a method that nobody else did.</summary>
    public static Task NoSuchPath(HttpContext context) =>
        Write(context, StatusCodes.Status404NotFound, $"There is no {context.Request.Method} {context.Request.Path}; docs/serving.md lists what there is.");

    /// <summary>Writes a refusal.</summary>
    public static Task Write(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = sentence }, context.RequestAborted);
    }

    private static (int Status, string Sentence) Explain(Exception exception) => exception switch
    {
        Refusal refusal => (refusal.Status, refusal.Message),
        BadHttpRequestException { InnerException: JsonException json } => (400, $"The body is not the JSON that is asked for: {FirstSentence(json.Message)}."),
        BadHttpRequestException { StatusCode: 413 } => (413, $"The body is longer than {RecommendationServer.MostBytes:N0} bytes; send fewer events at once."),
        BadHttpRequestException bad => (bad.StatusCode, $"{FirstSentence(bad.Message)}."),
        IOException => (StatusCodes.Status503ServiceUnavailable, "The events could not be written, and none of them counts; see whether the disk is full, and send them again."),
        _ => (StatusCodes.Status500InternalServerError, $"Unexpected {exception.GetType().Name}; this is a bug in bulwark, please report it."),
    };

    private static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.');
}
