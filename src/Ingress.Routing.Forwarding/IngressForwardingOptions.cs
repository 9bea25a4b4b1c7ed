using Yarp.ReverseProxy.LoadBalancing;

namespace Ingress.Routing.Forwarding;

/// <summary>Settings for forwarding requests; validated when the host starts.</summary>
public sealed class IngressForwardingOptions
{
    /// <summary>The configuration section these settings bind to by convention.</summary>
    public const string SectionName = "IngressRouting:Forwarding";

    /// <summary>The name of a load balancing policy known to YARP. The default is <c>PowerOfTwoChoices</c>.</summary>
    public string LoadBalancingPolicy { get; set; } = LoadBalancingPolicies.PowerOfTwoChoices;

    /// <summary>
    /// How long nothing may arrive or leave before a request is given up: with 504 while no response has begun, by breaking the response off
    /// afterwards. Upgraded connections such as WebSockets included. The default is 100 seconds, the maximum one day.
    /// </summary>
    public TimeSpan ActivityTimeout { get; set; } = TimeSpan.FromSeconds(100);

    /// <summary>How long connecting to a destination may take before the answer is 504. The default is 5 seconds, the maximum one minute.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How many HTTP/1.1 connections may be open to one destination, further requests waiting for one; null, the default, sets no limit.</summary>
    public int? MaxConnectionsPerDestination { get; set; }
}
