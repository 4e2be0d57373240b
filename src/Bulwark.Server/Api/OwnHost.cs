using System.Net;

namespace Bulwark.Server.Api;

/// <summary>
/// Answers only to the names of this machine where it listens at no other address: a page from elsewhere, whose name was made to point here (DNS rebinding), sends
/// its own.
/// </summary>
internal static class OwnHost
{
    /// <summary>Answers 421, or lets through.</summary>
    public static Task Demand(HttpContext context, RequestDelegate next)
    {
        var name = context.Request.Host.Host;
        return name == "localhost" || IPAddress.TryParse(name.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address) ? next(context)
            : Refusals.Write(context, StatusCodes.Status421MisdirectedRequest, $"This server is not '{name}'; ask for it as localhost.");
    }
}
