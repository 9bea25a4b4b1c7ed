using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Ingress.Routing.Forwarding;

/// <summary>Has YARP say only what is not said here already: failures are one line each, and the stack trace is there at the level Debug.</summary>
/// <remarks>It is the first rule of all, so that an application that asks for these categories gets them.</remarks>
internal sealed class YarpLogFilter : IConfigureOptions<LoggerFilterOptions>
{
    public void Configure(LoggerFilterOptions options)
    {
        foreach (var category in (string[])["Yarp.ReverseProxy.Forwarder", "Yarp.ReverseProxy.LoadBalancing"])
        {
            options.Rules.Insert(0, new LoggerFilterRule(providerName: null, category, LogLevel.Error, filter: null));
        }
    }
}
