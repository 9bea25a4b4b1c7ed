using System.Collections;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>What the options and the environment say about OTLP. Of the environment only the variables <c>OTEL_*</c> count.</summary>
internal sealed class OtlpSettings
{
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private const string TracesEndpoint = "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT";
    private const string MetricsEndpoint = "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT";
    private const string Protocol = "OTEL_EXPORTER_OTLP_PROTOCOL";

    // What collectors listen on for http/protobuf.
    private const int HttpPort = 4318;

    private readonly Dictionary<string, string?> _variables;

    private OtlpSettings(Dictionary<string, string?> variables) => _variables = variables;

    /// <summary>What the SDK is told, under the names that it reads.</summary>
    public IReadOnlyDictionary<string, string?> Variables => _variables;

    public bool HasTraces => Has(TracesEndpoint, "OTEL_TRACES_EXPORTER");

    public bool HasMetrics => Has(MetricsEndpoint, "OTEL_METRICS_EXPORTER");

    /// <summary>Whether the environment says what this service is called.</summary>
    public bool NamesService => _variables.ContainsKey("OTEL_SERVICE_NAME")
        || _variables.GetValueOrDefault("OTEL_RESOURCE_ATTRIBUTES")?.Contains("service.name=", StringComparison.Ordinal) == true;

    /// <summary>Whether the environment says which traces are recorded.</summary>
    public bool NamesSampler => _variables.ContainsKey("OTEL_TRACES_SAMPLER");

    public static OtlpSettings Of(ObservabilitySettings settings)
    {
        var variables = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, value) in settings.Environment ?? ReadEnvironment())
        {
            if (name.StartsWith(Prefix, StringComparison.Ordinal) && value.Length > 0)
            {
                variables[name] = value;
            }
        }

        // The command line is the more specific of the two, for both signals.
        if (settings.Otlp is { } url)
        {
            variables[Endpoint] = url.AbsoluteUri;
            variables.Remove(TracesEndpoint);
            variables.Remove(MetricsEndpoint);
            variables.TryAdd(Protocol, url.Port == HttpPort || url.AbsolutePath != "/" ? "http/protobuf" : "grpc");
        }

        return new(variables);
    }

    private bool Has(string endpoint, string exporter)
        => !string.Equals(_variables.GetValueOrDefault("OTEL_SDK_DISABLED"), "true", StringComparison.OrdinalIgnoreCase)
            && _variables.GetValueOrDefault(exporter) is null or "otlp"
            && (_variables.ContainsKey(Endpoint) || _variables.ContainsKey(endpoint));

    private static Dictionary<string, string> ReadEnvironment() => Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(static entry => (string)entry.Key, static entry => (string?)entry.Value ?? "", StringComparer.Ordinal);
}
