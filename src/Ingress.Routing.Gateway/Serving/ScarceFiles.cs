using Ingress.Routing.AspNetCore;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Says at the start that the limit on open files is too low for more than a handful of clients.</summary>
internal static class ScarceFiles
{
    private const int FewClients = 100;

    public static async Task WarnAsync(ConnectionBudget budget, RunLimits limits, TextWriter error)
    {
        if (budget.OpenFileLimit is { } limit && budget.MaxClientConnections < Math.Min(FewClients, limits.ClientConnections ?? FewClients))
        {
            await error.WriteLineAsync(
                $"The limit on open files is {limit}: that leaves room for {Count(budget.MaxClientConnections)} of clients and {budget.MaxBackendConnections} to backends. "
                + "Idle ones are closed for new ones. Raise the limit (ulimit -n, LimitNOFILE) to serve more.");
        }
    }

    private static string Count(int connections) => connections == 1 ? "1 connection" : $"{connections} connections";
}
