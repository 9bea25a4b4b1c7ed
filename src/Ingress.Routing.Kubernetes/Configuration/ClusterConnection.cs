using System.Text;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>How to reach an API server, and as whom. Immutable.</summary>
/// <remarks>Nothing of it is ever logged but <see cref="Server"/>.</remarks>
internal sealed record ClusterConnection
{
    /// <summary>The address, which may have a path prefix; always with a slash at its end.</summary>
    public required Uri Server { get; init; }

    /// <summary>The file or kubeconfig that said so, for messages.</summary>
    public required string Origin { get; init; }

    /// <summary>The authorities of the server's certificate; those of the system when null.</summary>
    public FileOrData? Authorities { get; init; }

    /// <summary>Whether any certificate will do.</summary>
    public bool SkipsVerification { get; init; }

    /// <summary>The name that the server's certificate has to cover, instead of the host of <see cref="Server"/>.</summary>
    public string? TlsServerName { get; init; }

    /// <summary>The proxy to go through; null leaves it to the environment.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether lists are never compressed.</summary>
    public bool DisablesCompression { get; init; }

    public FileOrData? ClientCertificate { get; init; }

    public FileOrData? ClientKey { get; init; }

    public string? Token { get; init; }

    /// <summary>A file with a token, which goes before <see cref="Token"/> and is read again as it changes.</summary>
    public string? TokenFile { get; init; }

    public string? UserName { get; init; }

    public string? Password { get; init; }

    public ExecPlugin? Exec { get; init; }

    /// <summary>Headers that say whom to act as.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Impersonation { get; init; } = [];

    /// <summary>The namespace of the context or of the ServiceAccount; null when none is said.</summary>
    public string? Namespace { get; init; }

    // The members of a record would be printed, secrets among them.
    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Server);
        return true;
    }
}
