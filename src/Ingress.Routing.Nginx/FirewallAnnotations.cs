using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>The web application firewall ModSecurity, which is not here.</summary>
internal static class FirewallAnnotations
{
    private const string Reason = "There is no web application firewall here; put one in front, and remove the annotation.";

    private static readonly Func<string, bool> s_isOff = static text => NginxText.TryReadBoolean(text, out bool value) && !value;

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Closed("enable-modsecurity", Reason, s_isOff),
        NginxRow.Closed("enable-owasp-core-rules", Reason, s_isOff),
        NginxRow.Closed("modsecurity-snippet", Reason),
        NginxRow.WithoutEffect("modsecurity-transaction-id", "It names requests in the log of a firewall that is not here."),
    ];
}
