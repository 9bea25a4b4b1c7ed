using System.Net;
using System.Net.Security;
using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Answers handshakes with development certificates: for hosts that are routed, and for the machine itself.</summary>
/// <remarks>Nothing else, or any client could have it sign any name.</remarks>
internal sealed class DevCertificateProvider : IServerCertificateProvider, IDisposable
{
    // Each takes 22 KB, most of it within OpenSSL; to issue one takes two milliseconds.
    private const int Capacity = 1_000;

    private readonly DevCertificateAuthority _authority;
    private readonly DevCertificateCache _cache;
    private readonly TimeProvider _time;

    public DevCertificateProvider(DevCertificateAuthority authority, TimeProvider time)
    {
        _authority = authority;
        _time = time;
        _cache = new((name, now) => new(authority.Issue(name, now), now), time, Capacity);
    }

    /// <inheritdoc />
    public SslStreamCertificateContext? FindCertificate(ServerCertificateRequest request)
        => NameFor(request) is { } name && !_authority.HasExpired(_time.GetUtcNow()) ? _cache.Get(name).Context : null;

    public void Dispose() => _authority.Dispose();

    private static DevCertificateName? NameFor(ServerCertificateRequest request)
    {
        if (request.Table.FindRoutedName(request.ServerName) is { } host)
        {
            return DevCertificateName.ForHost(host);
        }

        return DevCertificateName.IsMachine(request.ServerName) && request.LocalEndPoint is IPEndPoint local
            ? DevCertificateName.ForMachine(local.Address)
            : null;
    }
}
