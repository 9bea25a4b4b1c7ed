using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Acme.Tests.Ca;

/// <summary>A CA in this process that can be told to fail. It shares no code with the client: it reads what is sent as JSON, and verifies it itself.</summary>
internal sealed partial class TestCa : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _root;
    private readonly X509Certificate2 _intermediate;
    private readonly X509Certificate2 _otherRoot;
    private readonly X509Certificate2 _otherIntermediate;
    private readonly ConcurrentDictionary<string, byte> _nonces = new();
    private readonly ConcurrentDictionary<string, CaAccount> _accounts = new();
    private readonly ConcurrentDictionary<string, CaOrder> _orders = new();
    private readonly ConcurrentDictionary<string, CaAuthorization> _authorizations = new();
    private readonly ConcurrentDictionary<string, string> _certificates = new();
    private readonly ConcurrentQueue<Task> _validations = new();
    private readonly Lock _lock = new();
    private int _number;

    private TestCa()
    {
        _root = Authority("test root", null);
        _intermediate = Authority("test intermediate", _root);
        _otherRoot = Authority("other root", null);
        _otherIntermediate = Authority("test intermediate", _otherRoot, _intermediate);
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(ServerCertificate())));
        _app = builder.Build();
        _app.Run(ServeAsync);
    }

    public Uri Directory => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single() + "/directory");

    public X509Certificate2 Root => X509CertificateLoader.LoadCertificate(_root.RawData);

    /// <summary>Whether challenges count as answered without a look.</summary>
    public bool TrustsEverybody { get; set; }

    /// <summary>Where hosts are looked for.</summary>
    public int HttpPort { get; set; }

    public int TlsPort { get; set; }

    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(90);

    /// <summary>Holds validations back until it completes.</summary>
    public Task Validating { get; set; } = Task.CompletedTask;

    public TimeSpan ValidationDelay { get; set; }

    public TimeSpan IssueDelay { get; set; }

    /// <summary>How many of a hundred nonces are called wrong.</summary>
    public int WrongNonces { get; set; }

    public bool ListsOrders { get; set; } = true;

    public bool NeedsTerms { get; set; } = true;

    public (string KeyId, byte[] Key)? External { get; set; }

    public string[] Offers { get; set; } = ["http-01", "tls-alpn-01", "dns-01"];

    public Dictionary<string, string>? Profiles { get; set; }

    /// <summary>Says when to renew a certificate; null where the CA does not.</summary>
    public Func<X509Certificate2, (DateTimeOffset Start, DateTimeOffset End)>? RenewalWindow { get; set; }

    /// <summary>Fails a request before it is looked at: the path without its id, as in <c>new-order</c>.</summary>
    public Func<string, CaProblem?> Refuse { get; set; } = static _ => null;

    /// <summary>Loses the answer of a request that was carried out.</summary>
    public Func<string, bool> LoseAnswer { get; set; } = static _ => false;

    public Func<string, Task> Delay { get; set; } = static _ => Task.CompletedTask;

    /// <summary>Fails a validation although the answer is right.</summary>
    public Func<CaAuthorization, bool> FailValidation { get; set; } = static _ => false;

    public Dictionary<string, string> DnsRecords { get; } = [];

    public IReadOnlyList<CaOrder> Orders => [.. _orders.Values.OrderBy(order => int.Parse(order.Id, System.Globalization.CultureInfo.InvariantCulture))];

    public IReadOnlyCollection<CaAccount> Accounts => [.. _accounts.Values];

    public ConcurrentQueue<string> Requests { get; } = new();

    public ConcurrentQueue<string> Revoked { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = new();

    public int Issued => _certificates.Count;

    public static async Task<TestCa> StartAsync()
    {
        var ca = new TestCa();
        await ca._app.StartAsync();
        return ca;
    }

    public async ValueTask DisposeAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await _app.StopAsync(limit.Token);
        await Task.WhenAll(_validations);
        await _app.DisposeAsync();
    }

    /// <summary>Loses all accounts, as a CA that was set up anew.</summary>
    public void Forget()
    {
        _accounts.Clear();
        _orders.Clear();
    }

    private async Task ServeAsync(HttpContext context)
    {
        var parts = context.Request.Path.Value!.Trim('/').Split('/');
        Requests.Enqueue(parts[0]);
        await Delay(parts[0]);
        if (Refuse(parts[0]) is { } problem)
        {
            await AnswerAsync(context, problem);
            return;
        }

        context.Response.Headers["Replay-Nonce"] = NewNonce();
        if (parts[0] is "directory" or "new-nonce" or "renewal-info")
        {
            await ServeOpenAsync(context, parts);
        }
        else
        {
            using var body = await JsonDocument.ParseAsync(context.Request.Body);
            var message = Verify(context, body.RootElement, parts[0]);
            if (message.Problem is not null)
            {
                if (message.Problem.Type != "badNonce")
                {
                    Faults.Enqueue($"{parts[0]}: {message.Problem}");
                }

                await AnswerAsync(context, message.Problem);
                return;
            }

            // Held back, so that an answer can be lost after the work was done.
            var (wire, answer) = (context.Response.Body, new MemoryStream());
            context.Response.Body = answer;
            await ServeSignedAsync(context, parts, message);
            context.Response.Body = wire;
            if (LoseAnswer(parts[0]))
            {
                context.Abort();
                return;
            }

            await wire.WriteAsync(answer.ToArray());
        }
    }

    private async Task ServeOpenAsync(HttpContext context, string[] parts)
    {
        switch (parts[0])
        {
            case "directory":
                await context.Response.WriteAsJsonAsync(new
                {
                    newNonce = Url(context, "new-nonce"),
                    newAccount = Url(context, "new-account"),
                    newOrder = Url(context, "new-order"),
                    revokeCert = Url(context, "revoke-cert"),
                    keyChange = Url(context, "key-change"),
                    renewalInfo = RenewalWindow is null ? null : Url(context, "renewal-info"),
                    meta = new { termsOfService = NeedsTerms ? Url(context, "terms") : null, externalAccountRequired = External is not null, profiles = Profiles },
                });
                break;

            case "renewal-info":
                var certificate = _certificates.Values.Select(static pem => X509Certificate2.CreateFromPem(pem)).Single(issued => RenewalId(issued) == parts[1]);
                var (start, end) = RenewalWindow!(certificate);
                context.Response.Headers.RetryAfter = "3600";
                await context.Response.WriteAsJsonAsync(new { suggestedWindow = new { start, end } });
                break;
        }
    }

    private static string Url(HttpContext context, string path) => $"https://{context.Request.Host}/{path}";

    private static string RenewalId(X509Certificate2 certificate)
        => Encode(certificate.Extensions.OfType<X509AuthorityKeyIdentifierExtension>().Single().KeyIdentifier!.Value.ToArray())
            + "." + Encode(Convert.FromHexString(certificate.SerialNumber));

    private string NewNonce()
    {
        var nonce = Encode(RandomNumberGenerator.GetBytes(16));
        _nonces[nonce] = 0;
        return nonce;
    }

    private static async Task AnswerAsync(HttpContext context, CaProblem problem)
    {
        context.Response.StatusCode = problem.Status;
        if (problem.RetryAfterSeconds is { } seconds)
        {
            context.Response.Headers.RetryAfter = $"{seconds}";
        }

        context.Response.ContentType = "application/problem+json";
        await context.Response.WriteAsync(JsonSerializer.Serialize(
            new { type = "urn:ietf:params:acme:error:" + problem.Type, detail = problem.Detail, status = problem.Status }));
    }

    private static string Encode(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    private static byte[] Decode(string text)
        => Convert.FromBase64String(text.Replace('-', '+').Replace('_', '/').PadRight((text.Length + 3) / 4 * 4, '='));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);

    private X509Certificate2 ServerCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=ca", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var issued = request.Create(_root, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddDays(1), RandomNumberGenerator.GetBytes(8));
        return X509CertificateLoader.LoadPkcs12(issued.CopyWithPrivateKey(key).Export(X509ContentType.Pkcs12), null);
    }

    private static X509Certificate2 Authority(string name, X509Certificate2? issuer, X509Certificate2? sameKeyAs = null)
    {
        var key = sameKeyAs?.GetECDsaPrivateKey() ?? ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var (from, until) = (DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(10));
        return issuer is null
            ? request.CreateSelfSigned(from, until)
            : request.Create(issuer, from.AddHours(1), until.AddDays(-1), RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
    }
}
