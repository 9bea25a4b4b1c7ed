using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Configuration;
using Microsoft.Extensions.Logging;

namespace Ingress.Routing.Kubernetes.Client;

/// <summary>Credentials that a program prints; it is run again when they expire, and once after the server refused them.</summary>
internal sealed partial class ExecCredentials(ExecPlugin plugin, ClientCertificateFile? certificate, TimeProvider time, ILogger logger) : Credentials
{
    private static readonly TimeSpan s_longestRun = TimeSpan.FromSeconds(60);

    private readonly SemaphoreSlim _running = new(1, 1);
    private volatile Printed? _current;
    private int _version;

    public override X509Certificate2? Certificate => _current?.Certificate ?? certificate?.Current;

    public override int CertificateVersion => _version + (certificate?.Version ?? 0);

    public override async ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellationToken)
    {
        if (_current is not { } current || current.Expires <= time.GetUtcNow())
        {
            current = await RunOnceAsync(_current, cancellationToken).ConfigureAwait(false);
        }

        return current.Header;
    }

    public override async ValueTask<bool> RenewAsync(AuthenticationHeaderValue? refused, CancellationToken cancellationToken)
    {
        // Another request may have been refused at the same time, and have got new ones already.
        if (_current is { } current && ReferenceEquals(current.Header, refused))
        {
            await RunOnceAsync(current, cancellationToken).ConfigureAwait(false);
        }

        return true;
    }

    public override void Dispose()
    {
        _running.Dispose();
        base.Dispose();
    }

    private async Task<Printed> RunOnceAsync(Printed? known, CancellationToken cancellationToken)
    {
        await _running.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_current is { } current && !ReferenceEquals(current, known))
            {
                return current;
            }

            var printed = Parse(await RunAsync(cancellationToken).ConfigureAwait(false));
            _version += printed.Certificate is null ? 0 : 1;
            return _current = printed;
        }
        finally
        {
            _running.Release();
        }
    }

    private async Task<string> RunAsync(CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(plugin.Command, plugin.Arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (var (name, value) in plugin.Environment)
        {
            start.Environment[name] = value;
        }

        start.Environment["KUBERNETES_EXEC_INFO"] = plugin.Info;
        using var process = Start(start);
        process.StandardInput.Close();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(s_longestRun);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token).ConfigureAwait(false);
            if ((await errors.ConfigureAwait(false)).Trim() is { Length: > 0 } said)
            {
                Log.Said(logger, plugin.Command, said.Length > 1000 ? said[..1000] : said);
            }

            return process.ExitCode == 0
                ? await output.ConfigureAwait(false)
                : throw new CredentialsException($"The exec plugin '{plugin.Command}' ended with exit code {process.ExitCode}.");
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellationToken.ThrowIfCancellationRequested();
            throw new CredentialsException($"The exec plugin '{plugin.Command}' did not end within {s_longestRun.TotalSeconds} seconds.");
        }
    }

    private Process Start(ProcessStartInfo start)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Exception exception) when (exception is Win32Exception or InvalidOperationException or FileNotFoundException)
        {
            throw new CredentialsException($"The exec plugin '{plugin.Command}' cannot be started. {plugin.InstallHint}".TrimEnd(), exception);
        }
    }

    // What it printed is never shown.
    private Printed Parse(string output)
    {
        try
        {
            using var document = JsonDocument.Parse(output);
            if (document.RootElement.ValueKind == JsonValueKind.Object
                && document.RootElement.TryGetProperty("status", out var status)
                && status.ValueKind == JsonValueKind.Object)
            {
                var token = TextOf(status, "token");
                var own = TextOf(status, "clientCertificateData");
                var key = TextOf(status, "clientKeyData");
                if (token is not null || (own is not null && key is not null))
                {
                    var expires = TextOf(status, "expirationTimestamp") is { } text && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out var at) ? at : DateTimeOffset.MaxValue;
                    var pair = own is null || key is null ? null : ClientCertificateFile.FromPem(Encoding.UTF8.GetBytes(own), Encoding.UTF8.GetBytes(key));
                    return new(token is null ? null : new("Bearer", token), pair, expires);
                }
            }
        }
        catch (Exception exception) when (exception is JsonException or CryptographicException or ArgumentException or FormatException)
        {
        }

        throw new CredentialsException($"The exec plugin '{plugin.Command}' printed no ExecCredential with a token, or a certificate and its key.");
    }

    private static string? TextOf(JsonElement status, string field)
        => status.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String && value.GetString() is { Length: > 0 } text ? text : null;

    private sealed record Printed(AuthenticationHeaderValue? Header, X509Certificate2? Certificate, DateTimeOffset Expires)
    {
        public override string ToString() => "credentials";
    }

    private static partial class Log
    {
        [LoggerMessage(3, LogLevel.Warning, "The exec plugin '{Command}' says: {Text}", EventName = "ExecPluginSaid")]
        public static partial void Said(ILogger logger, string command, string text);
    }
}
