using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about the redirect to https. It holds by default, where there is a certificate.</summary>
internal sealed class HttpsRedirectBuilder : PolicyBuilder
{
    public const string Ssl = "ssl-redirect";
    public const string Force = "force-ssl-redirect";
    public const string PreserveSlash = "preserve-trailing-slash";
    public const string UsePort = "use-port-in-redirects";

    private bool? _ssl;
    private bool? _force;
    private bool? _preservesSlash;
    private bool? _usesPort;

    public static bool TrySetSsl(HttpsRedirectBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._ssl);

    public static bool TrySetForce(HttpsRedirectBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._force);

    public static bool TrySetPreserveSlash(HttpsRedirectBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._preservesSlash);

    public static bool TrySetUsePort(HttpsRedirectBuilder builder, string text) => NginxText.TryReadBoolean(text, out builder._usesPort);

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var settings = context.Settings<NginxOptions>();
        var isForced = _force ?? settings.ForceSslRedirect;
        var redirect = new HttpsRedirect
        {
            IsAsked = isForced || (_ssl ?? settings.SslRedirect),
            NeedsCertificate = !isForced,
            Status = settings.HttpRedirectCode,
            Port = _usesPort ?? settings.UsePortInRedirects ? context.HttpsPort : HttpsRedirect.DefaultPort,
            CutsFinalSlash = _preservesSlash != true,
            ExemptPaths = [.. settings.NoTlsRedirectLocations],
        };
        NginxRow.Add(context, redirect, _force is null ? Ssl : Force, isDefault: _ssl is null && _force is null);
    }
}
