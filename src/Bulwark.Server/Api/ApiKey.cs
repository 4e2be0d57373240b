using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;

namespace Bulwark.Server.Api;

/// <summary>
/// Lets only those in who send the key as <c>X-API-Key</c>; a browser, which can send none, gives it to the dashboard as a password. Nobody is trusted for where
/// they call from: behind a proxy everybody calls from this machine. Whether the server is alive may be asked without a key.
/// </summary>
internal sealed class ApiKey(string key)
{
    private const string Header = "X-API-Key";
    private readonly byte[] _hash = SHA256.HashData(Encoding.UTF8.GetBytes(key));

    /// <summary>Answers 401, or lets through.</summary>
    public Task Demand(HttpContext context, RequestDelegate next)
    {
        var (path, headers) = (context.Request.Path, context.Request.Headers);
        var isPage = path == DashboardEndpoint.Path;
        if (HealthEndpoints.Are(path) || Fits(headers[Header].ToString()) || isPage && Fits(Password(headers.Authorization.ToString()))) return next(context);
        if (isPage) context.Response.Headers.WWWAuthenticate = "Basic realm=\"bulwark\", charset=\"UTF-8\"";
        return Refusals.Write(context, StatusCodes.Status401Unauthorized, $"The key is missing or wrong; send it as {Header}.");
    }

    /// <summary>Takes as long whatever the first wrong letter is.</summary>
    private bool Fits(string given) => CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(given)), _hash);

    /// <summary>The password of basic authentication (RFC 7617), whatever the name; empty where there is none.</summary>
    private static string Password(string authorization)
    {
        if (!AuthenticationHeaderValue.TryParse(authorization, out var given) || given is not { Scheme: var scheme, Parameter: { } parameter }) return "";
        var bytes = new byte[parameter.Length];
        if (!scheme.Equals("Basic", StringComparison.OrdinalIgnoreCase) || !Convert.TryFromBase64String(parameter, bytes, out var length)) return "";
        var pair = Encoding.UTF8.GetString(bytes, 0, length);
        return pair[(pair.IndexOf(':') + 1)..];
    }
}
