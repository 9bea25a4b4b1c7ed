using System.Text.Json;
using Ingress.Routing.AspNetCore;
using Ingress.Routing.Forwarding;
using Ingress.Routing.Gateway.CommandLine;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>What a file of limits says; what it does not name is left to the options.</summary>
internal sealed record LimitSettings
{
    public int? MaxConnections { get; init; }

    public int? MaxBackendConnections { get; init; }

    public int? MaxRequests { get; init; }

    public int? MaxRequestsPerClient { get; init; }

    public int? MaxRequestsPerService { get; init; }

    public int? MaxQueuedRequests { get; init; }

    /// <summary>In seconds; 0 sets no limit.</summary>
    public int? BodyTimeout { get; init; }

    /// <summary>Reads a file of limits.</summary>
    /// <exception cref="SettingsException">It cannot be used; the message says why.</exception>
    public static LimitSettings Read(string file, string text)
    {
        try
        {
            SettingsCheck.Check(text, GatewayJson.Settings.LimitSettings);
            var settings = JsonSerializer.Deserialize(text, GatewayJson.Settings.LimitSettings) ?? new();
            return settings.Problem is { } problem ? throw new SettingsException(problem) : settings;
        }
        catch (SettingsException problem)
        {
            throw new SettingsException(PrintableText.Escape($"The limits in '{file}' cannot be used: {problem.Message}"));
        }
    }

    public void ApplyTo(IngressConnectionOptions options)
    {
        options.MaxClientConnections = MaxConnections ?? options.MaxClientConnections;
        options.MaxBackendConnections = MaxBackendConnections ?? options.MaxBackendConnections;
        options.MaxRequests = MaxRequests ?? options.MaxRequests;
        options.MaxRequestsPerClient = MaxRequestsPerClient ?? options.MaxRequestsPerClient;
        options.MaxQueuedRequests = MaxQueuedRequests ?? options.MaxQueuedRequests;
        options.BodyTimeout = BodyTimeout is { } seconds ? TimeOf(seconds) : options.BodyTimeout;
    }

    public void ApplyTo(IngressForwardingOptions options) => options.MaxRequestsPerService = MaxRequestsPerService ?? options.MaxRequestsPerService;

    /// <summary>A time-out in seconds; null, which sets no limit, for 0.</summary>
    public static TimeSpan? TimeOf(int seconds) => seconds == 0 ? null : TimeSpan.FromSeconds(seconds);

    private string? Problem
        => MaxConnections < 1 ? TooSmall("maxConnections")
            : MaxBackendConnections < 1 ? TooSmall("maxBackendConnections")
            : MaxRequests < 1 ? TooSmall("maxRequests")
            : MaxRequestsPerClient < 1 ? TooSmall("maxRequestsPerClient")
            : MaxRequestsPerService < 1 ? TooSmall("maxRequestsPerService")
            : MaxQueuedRequests < 1 ? TooSmall("maxQueuedRequests")
            : BodyTimeout is < 0 or > 86_400 ? "'bodyTimeout' is not a number of seconds from 0 to 86400."
            : null;

    private static string TooSmall(string member) => $"'{member}' must be at least 1.";
}
