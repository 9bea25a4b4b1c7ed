using System.Diagnostics.Metrics;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Ingress.Routing.Acme.Challenges;
using Ingress.Routing.Acme.Orders;
using Ingress.Routing.Acme.Protocol;
using Ingress.Routing.Acme.Serving;
using Ingress.Routing.Acme.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Acme;

/// <summary>Everything that belongs to one CA, put together.</summary>
internal sealed class AcmeParts : IDisposable
{
    private readonly HttpClient _http;

    public AcmeParts(
        IOptions<AcmeOptions> configured,
        ChallengeAnswers answers,
        ServedCertificates served,
        AcmeFindings findings,
        TimeProvider time,
        ILogger<AcmeService> logger,
        IAcmeStorage? storage = null,
        IMeterFactory? meterFactory = null,
        IDnsChallengeProvider? dns = null)
    {
        var options = configured.Value;
        (Answers, Served, Findings) = (answers, served, findings);
        _http = CreateHttp(options);
        Client = new(options.Directory, new(_http, time), time);
        Storage = storage ?? new AcmeFolder(options.StorageFolder!, time);
        Archive = new(Storage, served.Serve);
        Metrics = new(meterFactory);
        Names = new(options, hasDns: dns is not null);
        Accounts = new(Client, Archive, options);
        Renewals = new(Client, time);
        var ledger = new OrderLedger(Archive, options, time);
        var authorizer = new Authorizer(Client, Archive, Storage, answers, dns, options, time);
        var runner = new OrderRunner(Client, Accounts, authorizer, Archive, options, time);
        Desk = new(runner, ledger, Renewals, Archive, Metrics, options, time, logger);
        Builder = new(Archive, ledger, options);
    }

    public IAcmeStorage Storage { get; }

    public AcmeClient Client { get; }

    public AcmeArchive Archive { get; }

    public AcmeMetrics Metrics { get; }

    public WantedNames Names { get; }

    public AccountKeeper Accounts { get; }

    public RenewalPlan Renewals { get; }

    public OrderDesk Desk { get; }

    public FindingsBuilder Builder { get; }

    public ChallengeAnswers Answers { get; }

    public ServedCertificates Served { get; }

    public AcmeFindings Findings { get; }

    public void Dispose()
    {
        Accounts.Dispose();
        Archive.Dispose();
        _http.Dispose();
    }

    private static HttpClient CreateHttp(AcmeOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, // what is signed is signed for one address
            UseCookies = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(5), // the CA may move
            ConnectTimeout = options.RequestTimeout,
            SslOptions = SslOptions(options),
        };
        var http = new HttpClient(handler) { Timeout = options.RequestTimeout, MaxResponseContentBufferSize = 1024 * 1024 };
        http.DefaultRequestHeaders.UserAgent.ParseAdd("ingress-routing-acme/0.1"); // RFC 8555, 6.1
        http.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        return http;
    }

    private static SslClientAuthenticationOptions SslOptions(AcmeOptions options)
    {
        if (options.TrustedRoots.Count == 0)
        {
            return new();
        }

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        policy.CustomTrustStore.AddRange(options.TrustedRoots);
        return new() { CertificateChainPolicy = policy };
    }
}
