using Microsoft.Extensions.Options;

namespace Ingress.Routing.AspNetCore.Connections;

/// <summary>Refuses numbers with which nothing could be served.</summary>
internal sealed class IngressConnectionOptionsValidator : IValidateOptions<IngressConnectionOptions>
{
    public ValidateOptionsResult Validate(string? name, IngressConnectionOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (options.MaxClientConnections < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxClientConnections));
        }

        if (options.MaxBackendConnections < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxBackendConnections));
        }

        if (options.MaxRequests < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxRequests));
        }

        if (options.MaxRequestsPerClient < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxRequestsPerClient));
        }

        if (options.MaxQueuedRequests < 0)
        {
            result.AddError("It must be at least 0.", nameof(options.MaxQueuedRequests));
        }

        if (options.QueueTimeout < TimeSpan.Zero || options.QueueTimeout > TimeSpan.FromMinutes(1))
        {
            result.AddError("It must be from zero to one minute.", nameof(options.QueueTimeout));
        }

        if (options.BodyTimeout < TimeSpan.FromSeconds(1) || options.BodyTimeout > TimeSpan.FromDays(1))
        {
            result.AddError("It must be from one second to one day.", nameof(options.BodyTimeout));
        }

        if (options.MinBodyDataRate < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MinBodyDataRate));
        }

        if (options.ShutdownDelay < TimeSpan.Zero || options.ShutdownDelay > TimeSpan.FromHours(1))
        {
            result.AddError("It must be from zero to one hour.", nameof(options.ShutdownDelay));
        }

        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > TimeSpan.FromDays(1))
        {
            result.AddError("It must be from zero to one day.", nameof(options.DrainTimeout));
        }

        return result.Build();
    }
}
