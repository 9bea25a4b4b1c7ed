using System.Net.Http.Headers;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>A token in a file that is replaced as it ages (K14).</summary>
/// <remarks>It is read for each request: there are few of these, and a kilobyte costs less than knowing whether it has changed.</remarks>
internal sealed partial class TokenFileCredentials(string file, ClientCertificateFile? certificate, ILogger logger) : Credentials
{
    private volatile AuthenticationHeaderValue? _current;

    public override X509Certificate2? Certificate => certificate?.Current;

    public override int CertificateVersion => certificate?.Version ?? 0;

    public override async ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellationToken)
    {
        try
        {
            var token = (await File.ReadAllTextAsync(file, cancellationToken).ConfigureAwait(false)).Trim();
            if (token.Length > 0 && token.AsSpan().IndexOfAny('\r', '\n') < 0)
            {
                return _current = token == _current?.Parameter ? _current : new("Bearer", token);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // The kubelet is just replacing it, or the volume is gone. The one before may still be good.
            Log.NotRead(logger, file, exception.GetType().Name);
        }

        return _current ?? throw new CredentialsException($"The token file '{file}' cannot be read, or is empty.");
    }

    public override async ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
        => (await GetAsync(cancellationToken).ConfigureAwait(false))?.Parameter != refused?.Parameter;

    private static partial class Log
    {
        [LoggerMessage(2, LogLevel.Warning, "The token file '{File}' cannot be read ({Reason}). The token before is used, if any.", EventName = "TokenNotRead")]
        public static partial void NotRead(ILogger logger, string file, string reason);
    }
}
