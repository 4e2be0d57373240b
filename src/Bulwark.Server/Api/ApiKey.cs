using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Bulwark.Server.Api;

/// <summary>
/// Lets only those in who send the key as <c>X-API-Key</c>. Whether the server is alive may be asked without one; the dashboard, to which browsers cannot send a
/// key, from the machine itself.
/// </summary>
internal sealed class ApiKey(string key)
{
    private const string Header = "X-API-Key";
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Answers 401, or lets through.</summary>
    public Task Demand(HttpContext context, RequestDelegate next) =>
        Fits(context.Request.Headers[Header].ToString()) || IsOpen(context) ? next(context)
            : Refusals.Write(context, StatusCodes.Status401Unauthorized, $"The key is missing or wrong; send it as {Header}.");

    /// <summary>Takes as long whatever the first wrong letter is.</summary>
    private bool Fits(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _hash);

    private static bool IsOpen(HttpContext context) => HealthEndpoints.Are(context.Request.Path)
        || context.Request.Path == DashboardEndpoint.Path && context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
}
