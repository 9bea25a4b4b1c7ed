using System.Diagnostics;

namespace Ingress.Routing.Forwarding;

/// <summary>Where a request goes, and since when.</summary>
internal sealed class TargetUri(string text, UriCreationOptions options) : Uri(text, options)
{
    /// <summary>When the request was made.</summary>
    public long MadeAt { get; } = Stopwatch.GetTimestamp();
}
