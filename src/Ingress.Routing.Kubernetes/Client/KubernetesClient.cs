using System.Net;
using System.Net.Http.Headers;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>The verbs of the API that are needed here, on paths that the caller gives (K17). Thread-safe.</summary>
/// <remarks>
/// A path is relative to the server, such as <c>apis/networking.k8s.io/v1/ingresses</c>, with a query or without. Nothing is tried twice but
/// for one thing: what is refused with 401 is sent again with new credentials, if there are any.
/// </remarks>
internal sealed class KubernetesClient : IDisposable
{
    /// <summary>The name under which our writes are recorded in <c>managedFields</c>; to be added to the query of a write.</summary>
    public const string FieldManager = "fieldManager=ingress-gateway";

    public const string MergePatch = "application/merge-patch+json";
    public const string ApplyPatch = "application/apply-patch+yaml";
    private const string Json = "application/json";
    private const int MostOfAnError = 64 * 1024;

    private static readonly TimeSpan s_writeTimeout = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan s_readTimeout = TimeSpan.FromSeconds(60);

    private readonly ClusterConnection _connection;
    private readonly Credentials _credentials;
    private readonly ILogger _logger;
    private readonly Uri _base;
    private readonly string _userAgent;
    private readonly Lock _renewing = new();
    private volatile HttpClient _http;
    private int _certificateVersion;

    public KubernetesClient(ClusterConnection connection, TimeProvider time, ILogger logger)
    {
        _connection = connection;
        _logger = logger;
        _credentials = CredentialsFactory.Create(connection, time, logger);

        // The handler takes the name to ask for in TLS from the address; it connects to the server all the same.
        _base = connection.TlsServerName is { } name && connection.Proxy is null ? new UriBuilder(connection.Server) { Host = name }.Uri : connection.Server;
        _userAgent = $"ingress-gateway/{VersionOf(typeof(KubernetesClient).Assembly)} ({Platform}) kubernetes/source";
        _http = CreateHttp();
    }

    /// <summary>Where the API server is.</summary>
    public Uri Server => _connection.Server;

    /// <summary>The namespace of the context or of the ServiceAccount; null when none is said.</summary>
    public string? Namespace => _connection.Namespace;

    /// <summary>Reads an object.</summary>
    /// <exception cref="KubernetesApiException">The server answered with something else than success.</exception>
    /// <exception cref="HttpRequestException">The server was not reached.</exception>
    /// <exception cref="CredentialsException">There are no credentials to be had.</exception>
    /// <exception cref="TimeoutException">There was no answer in time.</exception>
    /// <exception cref="JsonException">The answer is no JSON.</exception>
    public Task<JsonDocument> GetAsync(string path, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Get, path, default, null, cancellationToken);

    /// <summary>Creates an object with a POST.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonDocument> CreateAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Post, path, body, Json, cancellationToken);

    /// <summary>Replaces an object with a PUT.</summary>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonDocument> UpdateAsync(string path, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Put, path, body, Json, cancellationToken);

    /// <summary>Changes an object with a PATCH.</summary>
    /// <param name="contentType"><see cref="MergePatch"/> or <see cref="ApplyPatch"/>.</param>
    /// <inheritdoc cref="GetAsync"/>
    public Task<JsonDocument> PatchAsync(string path, ReadOnlyMemory<byte> body, string contentType, CancellationToken cancellationToken)
        => SendAsync(HttpMethod.Patch, path, body, contentType, cancellationToken);

    /// <summary>Opens a list or a watch, whose body the caller reads.</summary>
    /// <param name="path">The path with its query.</param>
    /// <param name="mayCompress">Whether the answer may come compressed.</param>
    /// <param name="cancellationToken">Ends the request, and the reading of its body.</param>
    /// <inheritdoc cref="GetAsync"/>
    public async Task<ResponseBody> OpenAsync(string path, bool mayCompress, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_readTimeout);
        try
        {
            return await ResponseBody.OpenAsync(
                await SendAsync(HttpMethod.Get, path, default, null, mayCompress && !_connection.DisablesCompression, limit.Token).ConfigureAwait(false),
                cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no answer to GET {PathOnly(path)} within {s_readTimeout.TotalSeconds} seconds.");
        }
    }

    /// <summary>Finds out whether the server takes connections, with nothing sent.</summary>
    public async Task<bool> CanConnectAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(timeout);
        try
        {
            await using var stream = await ConnectionHandler.ConnectAsync(_connection.Proxy ?? _connection.Server, limit.Token).ConfigureAwait(false);
            return true;
        }
        catch (Exception exception) when (exception is IOException or System.Net.Sockets.SocketException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return false;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _http.Dispose();
        _credentials.Dispose();
    }

    private static string Platform
        => $"{(OperatingSystem.IsLinux() ? "linux" : OperatingSystem.IsWindows() ? "windows" : "darwin")}/{(RuntimeInformation.ProcessArchitecture == Architecture.X64 ? "amd64" : "arm64")}";

    private async Task<JsonDocument> SendAsync(HttpMethod method, string path, ReadOnlyMemory<byte> body, string? contentType, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_writeTimeout);
        try
        {
            using var response = await SendAsync(method, path, body, contentType, mayCompress: false, limit.Token).ConfigureAwait(false);
            await using var stream = await response.Content.ReadAsStreamAsync(limit.Token).ConfigureAwait(false);
            return await JsonDocument.ParseAsync(stream, default, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutException($"There was no answer to {method} {PathOnly(path)} within {s_writeTimeout.TotalSeconds} seconds.");
        }
        catch (IOException exception)
        {
            throw new HttpRequestException($"The answer to {method} {PathOnly(path)} broke off.", exception);
        }
    }

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, ReadOnlyMemory<byte> body, string? contentType, bool mayCompress, CancellationToken cancellationToken)
    {
        for (var isRetry = false; ; isRetry = true)
        {
            var header = await _credentials.GetAsync(cancellationToken).ConfigureAwait(false);
            using var request = CreateRequest(method, path, header, mayCompress);
            if (contentType is not null)
            {
                request.Content = new ReadOnlyMemoryContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType) } };
            }

            var response = await Http().SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return response;
            }

            using (response)
            {
                if (response.StatusCode == HttpStatusCode.Unauthorized && !isRetry && await _credentials.RenewAsync(header, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }

                throw await ErrorOfAsync(response, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private HttpRequestMessage CreateRequest(HttpMethod method, string path, AuthenticationHeaderValue? header, bool mayCompress)
    {
        var request = new HttpRequestMessage(method, new Uri(_base, path))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
        };
        request.Headers.Authorization = header;
        request.Headers.TryAddWithoutValidation("Accept", Json);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        if (mayCompress)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", "gzip");
        }

        foreach (var (name, value) in _connection.Impersonation)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return request;
    }

    // A connection belongs to the certificate that it was opened with. Open watches go on over theirs.
    private HttpClient Http()
    {
        if (_credentials.CertificateVersion == _certificateVersion)
        {
            return _http;
        }

        lock (_renewing)
        {
            var version = _credentials.CertificateVersion;
            if (version != _certificateVersion)
            {
                if (_certificateVersion > 0)
                {
                    _http = CreateHttp();
                }

                _certificateVersion = version;
            }

            return _http;
        }
    }

    private HttpClient CreateHttp()
        => new(ConnectionHandler.Create(_connection, _credentials, _logger)) { Timeout = Timeout.InfiniteTimeSpan };

    private static async Task<KubernetesApiException> ErrorOfAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var buffer = new byte[MostOfAnError];
        var length = 0;
        try
        {
            await using var stream = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            // The status says enough.
        }

        var status = KubernetesStatus.Parse(buffer.AsSpan(0, length));
        return new(
            response.StatusCode,
            status.Reason.Length > 0 ? status : status with { Reason = response.ReasonPhrase ?? "" },
            response.Headers.RetryAfter?.Delta ?? status.RetryAfter);
    }

    private static string PathOnly(string path) => path.Split('?')[0];

    private static string VersionOf(Assembly assembly)
        => assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
            ?? assembly.GetName().Version?.ToString(3)
            ?? "0";
}
