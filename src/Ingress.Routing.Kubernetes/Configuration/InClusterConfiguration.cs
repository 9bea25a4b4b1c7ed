namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>The ServiceAccount that the kubelet gives every Pod.</summary>
internal static class InClusterConfiguration
{
    public const string DefaultFolder = "/var/run/secrets/kubernetes.io/serviceaccount";

    /// <summary>How to reach the API server from a Pod; null outside of one.</summary>
    /// <param name="environment">Gives the variables of the environment.</param>
    /// <param name="folder">Where the kubelet puts token, authorities and namespace.</param>
    public static ClusterConnection? Load(Func<string, string?> environment, string folder = DefaultFolder)
    {
        var token = Path.Combine(folder, "token");
        if (environment("KUBERNETES_SERVICE_HOST") is not { Length: > 0 } host || !File.Exists(token))
        {
            return null;
        }

        var port = environment("KUBERNETES_SERVICE_PORT") is { Length: > 0 } written ? written : "443";
        var authority = host.Contains(':') && !host.StartsWith('[') ? $"[{host}]" : host;
        if (!Uri.TryCreate($"https://{authority}:{port}/", UriKind.Absolute, out var server))
        {
            throw new KubernetesConfigurationException($"KUBERNETES_SERVICE_HOST '{host}' and KUBERNETES_SERVICE_PORT '{port}' give no address.");
        }

        return new()
        {
            Server = server,
            Origin = "the ServiceAccount of the Pod",
            Authorities = new(Path.Combine(folder, "ca.crt")),
            TokenFile = token,
            Namespace = ReadNamespace(Path.Combine(folder, "namespace")),
        };
    }

    private static string? ReadNamespace(string file)
    {
        try
        {
            return File.ReadAllText(file).Trim() is { Length: > 0 } name ? name : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
