using System.CommandLine;
using System.Globalization;
using Ingress.Routing.Gateway.Serving;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>The options of <c>run</c> that bound what clients can take.</summary>
internal sealed class LimitOptions
{
    private readonly Option<int?> _clientConnections = Number(
        "--max-connections", "How many connections clients may have open. By default, half of what the limit on open files leaves.");

    private readonly Option<int?> _backendConnections = Number(
        "--max-backend-connections", "How many connections to backends may be open. By default, half of what the limit on open files leaves.");

    private readonly Option<int?> _requests = Number(
        "--max-requests",
        "How many requests may be answered at once; further ones wait for a second and get 503 then. By default, half of the memory at 64 KiB a request, 256 to 65536.");

    private readonly Option<int?> _requestsPerClient = Number(
        "--max-requests-per-client",
        "How many of them one client address may have, an IPv6 network of 64 bits being one; further ones wait and get 503. By default, half of --max-requests.");

    private readonly Option<int?> _queuedRequests = Number(
        "--max-queued-requests", "How many requests may wait, in turns of their clients. By default as many as --max-requests, 1024 at most.");

    private readonly Option<int?> _bodyTimeout = Number(
        "--body-timeout",
        "How many seconds the body of a request may be behind 100 bytes a second, before its response has begun; then it gets 408. The default is 30, 0 sets no limit.",
        86_400,
        least: 0);

    private readonly Option<string?> _file = new("--limits-file")
    {
        Description = "Limits in JSON, with the names of these options: { \"maxRequests\": 500, \"bodyTimeout\": 10 }. It goes before the options, and what changes in it "
            + "is in force within seconds.",
        HelpName = "FILE",
    };

    private readonly Option<int?> _requestsPerService = Number(
        "--max-requests-per-service",
        "How many requests for one Service port may be in flight; further ones get 503. By default, three quarters of the connections to backends, at least 32.");

    private readonly Option<int?> _hops = Number(
        "--max-hops", "How many gateways of this kind a request may have passed through before it counts as a loop and gets 508. The default is 8.", 100);

    public IEnumerable<Option> All => [_clientConnections, _backendConnections, _requests, _requestsPerClient, _requestsPerService, _queuedRequests, _bodyTimeout, _hops, _file];

    public RunLimits Read(ParseResult parsed) => new()
    {
        ClientConnections = parsed.GetValue(_clientConnections),
        BackendConnections = parsed.GetValue(_backendConnections),
        Requests = parsed.GetValue(_requests),
        RequestsPerClient = parsed.GetValue(_requestsPerClient),
        QueuedRequests = parsed.GetValue(_queuedRequests),
        BodyTimeout = parsed.GetValue(_bodyTimeout),
        File = parsed.GetValue(_file),
        RequestsPerService = parsed.GetValue(_requestsPerService),
        Hops = parsed.GetValue(_hops),
    };

    private static Option<int?> Number(string name, string description, int most = int.MaxValue, int least = 1) => new(name)
    {
        Description = description,
        HelpName = "N",
        CustomParser = argument => CommonOptions.ReadOne(
            argument,
            most == int.MaxValue ? $"a number from {least}" : $"a number from {least} to {most}",
            (string text, out int? number) =>
            {
                number = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var parsed) && parsed >= least && parsed <= most ? parsed : null;
                return number is not null;
            }),
    };
}
