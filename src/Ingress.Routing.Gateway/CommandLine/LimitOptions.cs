using System.CommandLine;
using System.Globalization;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> that bound what is open at once.</summary>
internal sealed class LimitOptions
{
    private readonly Option<int?> _clientConnections = Number(
        "--max-connections", "How many connections clients may have open. By default, half of what the limit on open files leaves.");

    private readonly Option<int?> _backendConnections = Number(
        "--max-backend-connections", "How many connections to backends may be open. By default, half of what the limit on open files leaves.");

    private readonly Option<int?> _requestsPerService = Number(
        "--max-requests-per-service",
        "How many requests for one Service port may be in flight; further ones get 503. By default, three quarters of the connections to backends, at least 32.");

    private readonly Option<int?> _hops = Number(
        "--max-hops", "How many gateways of this kind a request may have passed through before it counts as a loop and gets 508. The default is 8.", 100);

    public IEnumerable<Option> All => [_clientConnections, _backendConnections, _requestsPerService, _hops];

    public RunLimits Read(ParseResult parsed) => new()
    {
        ClientConnections = parsed.GetValue(_clientConnections),
        BackendConnections = parsed.GetValue(_backendConnections),
        RequestsPerService = parsed.GetValue(_requestsPerService),
        Hops = parsed.GetValue(_hops),
    };

    private static Option<int?> Number(string name, string description, int most = int.MaxValue) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => CommonOptions.ReadOne(
            argument,
            most == int.MaxValue ? "a number from 1" : $"a number from 1 to {most}",
            (string text, out int? number) =>
            {
                number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed >= 1 && parsed <= most ? parsed : null;
                return number is not null;
            }),
    };
}
