using Ingress.Routing.Manifests.Conversion;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>What is said about objects of an API version that Kubernetes no longer serves, or never did.</summary>
internal static class RetiredApiVersion
{
    /// <summary>Of an object that is refused.</summary>
    public static string Refusal(string kind, string apiVersion, string supported)
    {
        // Without a group it can be anything, in a Secret with damaged indentation even the key.
        var version = apiVersion.Contains('/', StringComparison.Ordinal) ? Quote.Of(apiVersion) : "this apiVersion";
        return $"Kubernetes serves no {kind} of {version}; write apiVersion '{supported}'. The {kind} is not read.";
    }

    /// <summary>Of an object that is read all the same.</summary>
    /// <param name="changes">What became of its fields.</param>
    public static string Conversion(string kind, string apiVersion, string supported, IReadOnlyCollection<string> changes)
    {
        var how = changes.Count > 0 ? $": {string.Join(", ", changes)}" : "";
        var advice = kind == "EndpointSlice" ? "Write that apiVersion." : "'ingress-gateway convert' prints it as it should be written.";
        return $"Kubernetes {RetiredVersion.RefusedSince(kind, apiVersion)} and later refuse an {kind} of '{apiVersion}'. It is read as '{supported}'{how}. {advice}";
    }
}
