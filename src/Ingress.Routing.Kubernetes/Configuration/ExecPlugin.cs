using System.Text;

namespace Ingress.Routing.Kubernetes.Configuration;

/// <summary>A program that prints credentials, as the <c>exec</c> of a kubeconfig's user names it.</summary>
internal sealed record ExecPlugin
{
    public required string ApiVersion { get; init; }

    /// <summary>The program: a name to look for in PATH, or a path.</summary>
    public required string Command { get; init; }

    public IReadOnlyList<string> Arguments { get; init; } = [];

    /// <summary>What is added to the environment.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Environment { get; init; } = [];

    /// <summary>The <c>KUBERNETES_EXEC_INFO</c> of its environment: what it is asked for, in JSON.</summary>
    public required string Info { get; init; }

    /// <summary>What to do when the program is not there.</summary>
    public string? InstallHint { get; init; }

    private bool PrintMembers(StringBuilder builder)
    {
        builder.Append(Command);
        return true;
    }
}
