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
