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

        return result.Build();
    }
}
