using System.Text.Json;
using System.Text.RegularExpressions;

namespace Bulwark.Server.Api;

/// <summary>Every failure as a status and one sentence of JSON; never a stack trace.</summary>
internal static partial class Refusals
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
    public static Task NoSuchPath(HttpContext context) => context.Request is { ContentLength: > 0 } request && !request.HasJsonContentType()
        ? Write(context, StatusCodes.Status415UnsupportedMediaType, "The body is not said to be JSON; send Content-Type: application/json.")
        : Write(context, StatusCodes.Status404NotFound, $"There is no {context.Request.Method} {context.Request.Path}; docs/serving.md lists what there is.");

    /// <summary>Writes a refusal.</summary>
    public static Task Write(HttpContext context, int status, string sentence)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(new { error = sentence }, context.RequestAborted);
    }

    private static (int Status, string Sentence) Explain(Exception exception) => exception switch
    {
        Refusal refusal => (refusal.Status, refusal.Message),
        BadHttpRequestException { InnerException: JsonException json } =>
            (StatusCodes.Status400BadRequest, $"The body is not the JSON that is asked for, see {json.Path ?? "its beginning"}."),
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            (StatusCodes.Status413PayloadTooLarge, $"The body is longer than {RecommendationServer.MostBytes:N0} bytes; send fewer events at once."),
        BadHttpRequestException bad when Unbound().Match(bad.Message) is { Success: true } one =>
            (bad.StatusCode, $"{one.Groups["name"].Value} is '{one.Groups["value"].Value}'; give a whole number."),
        BadHttpRequestException bad => (bad.StatusCode, $"{bad.Message.Split(". ")[0].TrimEnd('.')}."),
        IOException => (StatusCodes.Status503ServiceUnavailable,
            "The events could not be written, and none of them counts; see whether the disk is full, and send them again."),
        _ => (StatusCodes.Status500InternalServerError, $"Unexpected {exception.GetType().Name}; this is a bug in bulwark, please report it."),
    };

    /// <summary>What the framework says of a number in the address that is none.</summary>
    [GeneratedRegex("""^Failed to bind parameter ".* (?<name>\w+)" from "(?<value>.*)"\.$""")]
    private static partial Regex Unbound();
}
