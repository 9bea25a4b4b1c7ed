using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Ingress.Routing.Gateway.Serving;
using Ingress.Routing.Gateway.Serving.Observability;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> about what is told about requests.</summary>
internal sealed class ObservabilityOptions
{
    private readonly Option<AccessLogFormat?> _accessLog = new("--access-log")
    {
        Description = "Writes a line for each request: a JSON object, or the combined form of web servers with more behind it.",
        HelpName = "json|text",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "'json' or 'text'", static (string text, out AccessLogFormat? format) =>
        {
            format = text == "json" ? AccessLogFormat.Json : AccessLogFormat.Text;
            return text is "json" or "text";
        }),
    };

    private readonly Option<string?> _accessLogFile = new("--access-log-file")
    {
        Description = "Where the access log is written, instead of standard output. SIGHUP opens it again; so does a file that was renamed.",
        HelpName = "FILE",
    };

    private readonly Option<bool> _accessLogQuery = new("--access-log-query")
    {
        Description = "Writes queries to the access log too. That is where tokens are.",
    };

    private readonly Option<OutputFormat> _logFormat = new("--log-format")
    {
        Description = "How the gateway writes its own log and reports: as text, or as JSON objects.",
        HelpName = "text|json",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "'text' or 'json'", static (string text, out OutputFormat format) =>
        {
            format = text == "json" ? OutputFormat.Json : OutputFormat.Text;
            return text is "json" or "text";
        }),
    };

    private readonly Option<bool> _generationHeader = new("--generation-header")
    {
        Description = "Says in the header x-ingress-generation of each response by which route table its request was matched.",
    };

    private readonly Option<int?> _measuredRoutes = new("--max-measured-routes")
    {
        Description = "How many routes are told apart in metrics; the rest is measured as 'other'. The default is 1000.",
        HelpName = "N",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "a number from 0 to 100000", static (string text, out int? number) =>
        {
            number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed <= 100_000 ? parsed : null;
            return number is not null;
        }),
    };

    private readonly Option<Uri?> _otlp = new("--otlp")
    {
        Description = "Where traces and metrics are sent to by OTLP. Port 4318, or a path, means http/protobuf, everything else gRPC. "
            + "Without it, what OTEL_EXPORTER_OTLP_ENDPOINT says.",
        HelpName = "URL",
        CustomParser = static argument => CommonOptions.ReadOne(
            argument, "a URL of http or https, such as http://127.0.0.1:4317", static (string text, out Uri? url)
                => Uri.TryCreate(text, UriKind.Absolute, out url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0),
    };

    private readonly Option<double?> _traceRatio = new("--trace-ratio")
    {
        Description = "Which part of the traces that begin here is recorded, from 0 to 1; a trace that a client began is continued as it was begun. The default is 1.",
        HelpName = "RATIO",
        CustomParser = static argument => CommonOptions.ReadOne(argument, "a number from 0 to 1, such as 0.1", static (string text, out double? ratio) =>
        {
            ratio = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var parsed) && parsed is >= 0 and <= 1 ? parsed : null;
            return ratio is not null;
        }),
    };

    public ObservabilityOptions()
    {
        _accessLogFile.Validators.Add(Needs("--access-log-file", _accessLog));
        _accessLogQuery.Validators.Add(Needs("--access-log-query", _accessLog));
    }

    public IEnumerable<Option> All
        => [_accessLog, _accessLogFile, _accessLogQuery, _logFormat, _otlp, _traceRatio, _measuredRoutes, _generationHeader];

    public ObservabilitySettings Read(ParseResult parsed) => new()
    {
        AccessLog = parsed.GetValue(_accessLog),
        AccessLogFile = parsed.GetValue(_accessLogFile) is { } path ? Path.GetFullPath(path) : null,
        AccessLogQuery = parsed.GetValue(_accessLogQuery),
        IsLogJson = parsed.GetValue(_logFormat) == OutputFormat.Json,
        MaxMeasuredRoutes = parsed.GetValue(_measuredRoutes),
        Otlp = parsed.GetValue(_otlp),
        TraceRatio = parsed.GetValue(_traceRatio),
        SendGeneration = parsed.GetValue(_generationHeader),
    };

    // Alone it would do nothing, and look as if it did.
    private static Action<OptionResult> Needs(string name, Option other) => result =>
    {
        if (!result.Implicit && result.GetResult(other) is null or { Implicit: true })
        {
            result.AddError($"{name} needs {other.Name}.");
        }
    };
}
