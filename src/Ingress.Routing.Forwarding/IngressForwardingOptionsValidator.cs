using Microsoft.Extensions.Options;
using Yarp.ReverseProxy.LoadBalancing;

namespace Ingress.Routing.Forwarding;

/// <summary>Refuses settings that could only fail later, at a request.</summary>
internal sealed class IngressForwardingOptionsValidator(IEnumerable<ILoadBalancingPolicy> policies)
    : IValidateOptions<IngressForwardingOptions>
{
    private static readonly TimeSpan s_maxActivityTimeout = TimeSpan.FromDays(1);
    private static readonly TimeSpan s_maxConnectTimeout = TimeSpan.FromMinutes(1);

    public ValidateOptionsResult Validate(string? name, IngressForwardingOptions options)
    {
        var result = new ValidateOptionsResultBuilder();
        if (!policies.Any(policy => string.Equals(policy.Name, options.LoadBalancingPolicy, StringComparison.OrdinalIgnoreCase)))
        {
            result.AddError($"There is no load balancing policy '{options.LoadBalancingPolicy}'.", nameof(options.LoadBalancingPolicy));
        }

        if (options.ActivityTimeout <= TimeSpan.Zero || options.ActivityTimeout > s_maxActivityTimeout)
        {
            result.AddError("It must be more than nothing and at most one day.", nameof(options.ActivityTimeout));
        }

        if (options.ConnectTimeout <= TimeSpan.Zero || options.ConnectTimeout > s_maxConnectTimeout)
        {
            result.AddError("It must be more than nothing and at most one minute.", nameof(options.ConnectTimeout));
        }

        if (options.RequestTimeout is { } total && (total <= TimeSpan.Zero || total > s_maxActivityTimeout))
        {
            result.AddError("It must be more than nothing and at most one day.", nameof(options.RequestTimeout));
        }

        if (options.Health is { } health && (health.MaxFailures < 0 || health.AsideTime <= TimeSpan.Zero || health.MaxAsideTime > s_maxActivityTimeout
            || health.AsideTime > s_maxActivityTimeout || health.SlowStart < TimeSpan.Zero || health.PanicPercent is < 0 or > 100))
        {
            result.AddError("Its numbers must not be negative, its times at most one day, and its threshold at most 100 percent.", nameof(options.Health));
        }

        if (options.MaxConnectionsPerDestination < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxConnectionsPerDestination));
        }

        if (options.MaxRequestsPerService < 1)
        {
            result.AddError("It must be at least 1.", nameof(options.MaxRequestsPerService));
        }

        if (options.MaxHops is < 1 or > 100)
        {
            result.AddError("It must be from 1 to 100.", nameof(options.MaxHops));
        }

        if (options.MaxRequestBodySize < 0)
        {
            result.AddError("It must not be negative.", nameof(options.MaxRequestBodySize));
        }

        return result.Build();
    }
}
