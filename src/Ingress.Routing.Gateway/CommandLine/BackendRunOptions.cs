using System.CommandLine;
using System.Globalization;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> about backends that are slow or fail. Annotations go before them.</summary>
internal sealed class BackendRunOptions
{
    private const int SecondsOfADay = 24 * 60 * 60;

    private readonly Option<TimeSpan?> _timeout = Seconds(
        "--backend-timeout", "How long a backend may take before it begins to answer, and from one piece to the next. The default is 100.", SecondsOfADay);

    private readonly Option<TimeSpan?> _connectTimeout = Seconds(
        "--backend-connect-timeout", "How long a connection to a backend may take. The default is 5.", 60);

    private readonly Option<TimeSpan?> _requestTimeout = Seconds(
        "--request-timeout", "How long a request may take in all. By default there is no limit: a download may take hours.", SecondsOfADay);

    private readonly Option<bool> _noRetries = new("--no-retries")
    {
        Description = "Sends no request once more where that is safe, unless an annotation says so.",
    };

    private readonly Option<bool> _noHealth = new("--no-health")
    {
        Description = "Sends requests to endpoints however often they have failed, unless an annotation says otherwise.",
    };

    public IEnumerable<Option> All => [_timeout, _connectTimeout, _requestTimeout, _noRetries, _noHealth];

    public RunBackends Read(ParseResult parsed) => new()
    {
        Timeout = parsed.GetValue(_timeout),
        ConnectTimeout = parsed.GetValue(_connectTimeout),
        RequestTimeout = parsed.GetValue(_requestTimeout),
        Retries = !parsed.GetValue(_noRetries),
        Health = !parsed.GetValue(_noHealth),
    };

    private static Option<TimeSpan?> Seconds(string name, string description, int most) => new(name)
    {
        Description = description,
        HelpName = "SECONDS",
        CustomParser = argument => CommonOptions.ReadOne(
            argument,
            $"seconds from 0.1 to {most}",
            (string text, out TimeSpan? time) =>
            {
                var isNumber = decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= 0.1m && seconds <= most;
                time = isNumber ? TimeSpan.FromSeconds((double)seconds) : null;
                return isNumber;
            }),
    };
}
