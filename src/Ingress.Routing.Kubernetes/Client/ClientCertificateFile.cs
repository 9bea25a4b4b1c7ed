using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>A client certificate of two files, read again for each new connection. Files that cannot be read leave the one before.</summary>
internal sealed partial class ClientCertificateFile(FileOrData certificate, FileOrData key, ILogger logger)
{
    private readonly Lock _reading = new();
    private byte[] _certificatePem = [];
    private byte[] _keyPem = [];
    private X509Certificate2? _current;

    /// <summary>The certificate now.</summary>
    public X509Certificate2? Current
    {
        get
        {
            lock (_reading)
            {
                Refresh();
                return _current;
            }
        }
    }

    /// <summary>Grows with each new certificate.</summary>
    public int Version { get; private set; }

    /// <summary>Whether the files hold another certificate than before.</summary>
    public bool HasChanged()
    {
        lock (_reading)
        {
            return Refresh();
        }
    }

    private bool Refresh()
    {
        try
        {
            var certificatePem = certificate.Read();
            var keyPem = key.Read();
            if (_current is not null && certificatePem.AsSpan().SequenceEqual(_certificatePem) && keyPem.AsSpan().SequenceEqual(_keyPem))
            {
                return false;
            }

            // Not disposed of: a handshake may be using it.
            _current = FromPem(certificatePem, keyPem);
            (_certificatePem, _keyPem) = (certificatePem, keyPem);
            Version++;
            return true;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException or ArgumentException)
        {
            Log.NotRead(logger, certificate.File ?? "data", exception.GetType().Name);
            return false;
        }
    }

    public static X509Certificate2 FromPem(byte[] certificatePem, byte[] keyPem)
    {
        var parsed = X509Certificate2.CreateFromPem(Encoding.UTF8.GetString(certificatePem), Encoding.UTF8.GetString(keyPem));
        if (!OperatingSystem.IsWindows())
        {
            return parsed;
        }

        // Windows cannot use a key that is in no store.
        using (parsed)
        {
            return X509CertificateLoader.LoadPkcs12(parsed.Export(X509ContentType.Pkcs12), null);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Warning, "The client certificate '{File}' or its key cannot be read ({Reason}). The one before is used, if any.", EventName = "ClientCertificateNotRead")]
        public static partial void NotRead(ILogger logger, string file, string reason);
    }
}
