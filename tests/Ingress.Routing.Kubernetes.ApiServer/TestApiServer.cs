using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Ingress.Routing.Kubernetes.ApiServer;

/// <summary>An API server in this process: its JSON is that of kube-apiserver 1.36, and it can be disturbed in every way that tests need.</summary>
public sealed class TestApiServer : IAsyncDisposable
{
    private readonly ConcurrentDictionary<ApiWatch, bool> _watches = [];
    private readonly ConcurrentQueue<string> _requests = [];
    private readonly ApiStore _store;
    private readonly ApiHandler _handler;
    private readonly ApiServerCertificate? _certificate;
    private WebApplication? _app;
    private int _port;

    /// <param name="usesTls">Whether it speaks TLS, and with it HTTP/2.</param>
    /// <param name="time">Its clock; that of the system by default.</param>
    public TestApiServer(bool usesTls = false, TimeProvider? time = null)
    {
        _store = new(time ?? TimeProvider.System);
        _handler = new(this, _store);
        _certificate = usesTls ? new() : null;
    }

    /// <summary>Where it is; known once it was started.</summary>
    public Uri Address => new($"{(_certificate is null ? "http" : "https")}://127.0.0.1:{_port}");

    /// <summary>The authority of its certificate, in PEM; null without TLS.</summary>
    public string? AuthorityPem => _certificate?.AuthorityPem;

    /// <summary>The tokens that are good; without any, everybody may do everything.</summary>
    public ConcurrentDictionary<string, bool> Tokens { get; } = [];

    /// <summary>Says what is allowed.</summary>
    public Func<ApiRequest, bool> Allows { get; set; } = static _ => true;

    /// <summary>Answers a request in its stead; returns false to leave it.</summary>
    public Func<HttpContext, Task<bool>>? Intercept { get; set; }

    /// <summary>The client certificate of the last connection.</summary>
    public X509Certificate2? LastClientCertificate { get; private set; }

    public TimeSpan BookmarkPeriod { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>All requests so far: method, path and query.</summary>
    public IReadOnlyCollection<string> Requests => _requests;

    /// <summary>The watches that are open.</summary>
    public IReadOnlyCollection<ApiWatch> Watches => [.. _watches.Keys];

    public long Version => _store.Version;

    /// <summary>Begins to listen: on a port that the system chooses the first time, and on the same later.</summary>
    public async Task StartAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new() { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseKestrelCore();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, _port, listen =>
            {
                listen.Protocols = _certificate is null ? HttpProtocols.Http1 : HttpProtocols.Http1AndHttp2;
                _certificate?.Use(listen, certificate => LastClientCertificate = certificate);
            });
        });
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.Zero);
        var app = builder.Build();
        app.Run(AnswerAsync);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await app.StartAsync();
                break;
            }
            catch (IOException) when (attempt < 50)
            {
                await Task.Delay(100); // the port is just being given back
            }
        }

        _port = new Uri(app.Urls.Single()).Port;
        _app = app;
    }

    /// <summary>Ends it as a kill does: connections are reset, and further ones refused. What is stored stays.</summary>
    public async Task StopAsync()
    {
        if (_app is { } app)
        {
            _app = null;
            foreach (var watch in Watches)
            {
                watch.Abort();
            }

            await app.StopAsync();
            await app.DisposeAsync();
        }
    }

    /// <summary>Creates an object, or replaces it: of its own kind, namespace and name.</summary>
    public StoredObject Apply(JsonObject manifest)
    {
        var resource = ApiResource.Of(manifest["kind"]!.GetValue<string>());
        var name = manifest["metadata"]!["name"]!.GetValue<string>();
        var ns = resource.IsNamespaced ? manifest["metadata"]!["namespace"]?.GetValue<string>() ?? "default" : null;
        return _store.Write(resource, ns, name, before =>
        {
            var next = ObjectShape.Created(resource, manifest, ns, name, _store.Now);
            if (manifest["status"] is { } status)
            {
                next["status"] = status.DeepClone();
            }

            if (before is not null)
            {
                next["metadata"]!["uid"] = before.Json["metadata"]!["uid"]!.DeepClone();
                next["metadata"]!["creationTimestamp"] = before.Json["metadata"]!["creationTimestamp"]!.DeepClone();
            }

            return next;
        });
    }

    /// <summary>Creates an object, or replaces it, written as JSON.</summary>
    public StoredObject Apply(string manifest) => Apply((JsonObject)JsonNode.Parse(manifest)!);

    public void Delete(string kind, string? ns, string name) => _store.Delete(ApiResource.Of(kind), ns, name);

    /// <summary>The object with kind and apiVersion; null when there is none.</summary>
    public JsonObject? Find(string kind, string? ns, string name)
        => _store.Find(ApiResource.Of(kind), ns, name)?.Typed(ApiResource.Of(kind));

    /// <summary>All objects of a kind, with kind and apiVersion.</summary>
    public IReadOnlyList<JsonObject> All(string kind)
        => [.. _store.All(ApiResource.Of(kind), out _).Select(one => one.Typed(ApiResource.Of(kind)))];

    /// <summary>Drops the history: watches and pages of lists from before get 410.</summary>
    public void ForgetHistory() => _store.Forget();

    /// <summary>Lets versions pass with nothing happening.</summary>
    public void SkipVersions(int count) => _store.Skip(count);

    public ApiBackup Backup() => _store.Backup();

    /// <summary>Goes back to a backup, versions included. Watches that are open stay open, and silent.</summary>
    public void Restore(ApiBackup backup) => _store.Restore(backup);

    /// <summary>Writes a kubeconfig for it.</summary>
    /// <param name="file">Where to.</param>
    /// <param name="user">The user in JSON; one without credentials by default.</param>
    public void WriteKubeconfig(string file, JsonObject? user = null)
    {
        var cluster = new JsonObject { ["server"] = Address.ToString().TrimEnd('/') };
        if (AuthorityPem is { } pem)
        {
            cluster["certificate-authority-data"] = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(pem));
        }

        var config = new JsonObject
        {
            ["apiVersion"] = "v1",
            ["kind"] = "Config",
            ["clusters"] = new JsonArray(new JsonObject { ["name"] = "test", ["cluster"] = cluster }),
            ["users"] = new JsonArray(new JsonObject { ["name"] = "test", ["user"] = user ?? [] }),
            ["contexts"] = new JsonArray(new JsonObject { ["name"] = "test", ["context"] = new JsonObject { ["cluster"] = "test", ["user"] = "test" } }),
            ["current-context"] = "test",
        };
        File.WriteAllText(file, config.ToJsonString());
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _certificate?.Dispose();
    }

    internal void Add(ApiWatch watch) => _watches[watch] = true;

    internal void Remove(ApiWatch watch) => _watches.TryRemove(watch, out _);

    private async Task AnswerAsync(HttpContext context)
    {
        _requests.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{context.Request.Method} {context.Request.Path}{context.Request.QueryString}"));
        if (Intercept is not { } intercept || !await intercept(context))
        {
            await _handler.AnswerAsync(context);
        }
    }
}
