namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>Makes a connection of the cluster and the user of a kubeconfig.</summary>
internal static class KubeconfigConnection
{
    /// <exception cref="KubernetesConfigurationException">Something cannot be used.</exception>
    public static ClusterConnection Create(string origin, KubeconfigEntry cluster, KubeconfigEntry? user, string? contextNamespace)
    {
        var connection = new ClusterConnection
        {
            Server = ReadServer(cluster),
            Origin = $"the kubeconfig '{origin}'",
            Authorities = Checked(cluster, "certificate-authority"),
            SkipsVerification = cluster.IsTrue("insecure-skip-tls-verify"),
            TlsServerName = cluster.Text("tls-server-name") is { Length: > 0 } name ? name : null,
            Proxy = ReadProxy(cluster),
            DisablesCompression = cluster.IsTrue("disable-compression"),
            Namespace = contextNamespace is { Length: > 0 } ? contextNamespace : null,
        };
        return user is null ? connection : WithUser(connection, cluster, user);
    }

    private static ClusterConnection WithUser(ClusterConnection connection, KubeconfigEntry cluster, KubeconfigEntry user)
    {
        if (user.Has("auth-provider"))
        {
            throw new KubernetesConfigurationException($"{Capital(user.Description)} uses 'auth-provider', which Kubernetes has removed. Use an 'exec' plugin.");
        }

        var certificate = Checked(user, "client-certificate");
        var key = Checked(user, "client-key");
        if (certificate is null != key is null)
        {
            throw new KubernetesConfigurationException($"{Capital(user.Description)} has only one of client-certificate and client-key.");
        }

        var tokenFile = user.Text("tokenFile") is { Length: > 0 } file ? user.Resolve(file) : null;
        if (tokenFile is not null && !File.Exists(tokenFile))
        {
            throw new KubernetesConfigurationException($"The tokenFile '{tokenFile}' of {user.Description} does not exist.");
        }

        return connection with
        {
            ClientCertificate = certificate,
            ClientKey = key,
            Token = user.Text("token") is { Length: > 0 } token ? token : null,
            TokenFile = tokenFile,
            UserName = user.Text("username"),
            Password = user.Text("password"),
            Exec = user.Child("exec") is { } exec ? ExecPluginReader.Read(exec, user, cluster, connection) : null,
            Impersonation = [.. ReadImpersonation(user)],
        };
    }

    private static Uri ReadServer(KubeconfigEntry cluster)
    {
        var text = cluster.Text("server") ?? "";
        if (text.Length > 0 && !text.Contains("://", StringComparison.Ordinal))
        {
            text = "http://" + text; // as kubectl reads it
        }

        return Uri.TryCreate(text.EndsWith('/') ? text : text + "/", UriKind.Absolute, out var server) && server.Scheme is "http" or "https"
            ? server
            : throw new KubernetesConfigurationException($"The server '{cluster.Text("server")}' of {cluster.Description} is no http or https URL.");
    }

    private static Uri? ReadProxy(KubeconfigEntry cluster)
    {
        if (cluster.Text("proxy-url") is not { Length: > 0 } text)
        {
            return null;
        }

        return Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme is "http" or "https"
            ? proxy
            : throw new KubernetesConfigurationException($"The proxy-url of {cluster.Description} is not http or https; socks5 is not supported.");
    }

    // A file that is not there now is a mistake; one that cannot be read later is not.
    private static FileOrData? Checked(KubeconfigEntry entry, string field)
    {
        var content = entry.Content(field);
        return content?.File is { } file && !File.Exists(file)
            ? throw new KubernetesConfigurationException($"The {field} '{file}' of {entry.Description} does not exist.")
            : content;
    }

    private static IEnumerable<KeyValuePair<string, string>> ReadImpersonation(KubeconfigEntry user)
    {
        if (user.Text("as") is { Length: > 0 } name)
        {
            yield return new("Impersonate-User", name);
        }

        if (user.Text("as-uid") is { Length: > 0 } uid)
        {
            yield return new("Impersonate-Uid", uid);
        }

        foreach (var group in user.Texts("as-groups"))
        {
            yield return new("Impersonate-Group", group);
        }

        foreach (var (key, values) in user.Child("as-user-extra")?.Lists() ?? [])
        {
            foreach (var value in values)
            {
                yield return new("Impersonate-Extra-" + Uri.EscapeDataString(key), value);
            }
        }
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
