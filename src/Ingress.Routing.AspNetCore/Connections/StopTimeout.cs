using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Gives the host as much time to stop as its clients get to leave.</summary>
internal sealed class StopTimeout(IOptions<IngressConnectionOptions> connections) : IPostConfigureOptions<HostOptions>
{
    // For what is left to do afterwards.
    private static readonly TimeSpan s_rest = TimeSpan.FromSeconds(5);

    public void PostConfigure(string? name, HostOptions options)
    {
        TimeSpan needed;
        try
        {
            needed = connections.Value.ShutdownDelay + connections.Value.DrainTimeout + s_rest;
        }
        catch (OptionsValidationException)
        {
            return; // the start says so
        }

        if (options.ShutdownTimeout != Timeout.InfiniteTimeSpan && options.ShutdownTimeout < needed)
        {
            options.ShutdownTimeout = needed;
        }
    }
}
