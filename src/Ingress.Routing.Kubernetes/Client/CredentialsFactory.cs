using System.Net.Http.Headers;
using System.Text;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>Chooses the credentials of a connection in kubectl's order.</summary>
internal static class CredentialsFactory
{
    public static Credentials Create(ClusterConnection connection, TimeProvider time, ILogger logger)
    {
        var certificate = connection is { ClientCertificate: { } own, ClientKey: { } key } ? new ClientCertificateFile(own, key, logger) : null;
        return connection switch
        {
            { TokenFile: { } file } => new TokenFileCredentials(file, certificate, logger),
            { Token: { } token } => new FixedCredentials(new("Bearer", token), certificate),
            { UserName: { Length: > 0 } user } => new FixedCredentials(Basic(user, connection.Password), certificate),
            { Exec: { } exec } => new ExecCredentials(exec, certificate, time, logger),
            _ => new FixedCredentials(null, certificate),
        };
    }

    private static AuthenticationHeaderValue Basic(string user, string? password)
        => new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}
