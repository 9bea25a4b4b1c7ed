using System.Text.RegularExpressions;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Kubernetes.Tests.Deployment;

/// <summary>A theory that renders with kubectl. One that is too old knows less of kustomize than <c>deploy/</c> needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed partial class TheoryWithKubectlAttribute : TheoryAttribute
{
    private const int OldestMinor = 25;

    private static readonly Lazy<string?> s_reasonToSkip = new(FindReasonToSkip);

    public TheoryWithKubectlAttribute() => Skip = s_reasonToSkip.Value;

    private static string? FindReasonToSkip()
    {
        if (ExternalTool.ReasonToSkip("kubectl") is { } missing)
        {
            return missing;
        }

        var (_, output, _) = ExternalTool.RunAsync("kubectl", "version", "--client", "-o", "json").GetAwaiter().GetResult();
        var minor = Minor().Match(output) is { Success: true } found ? int.Parse(found.Groups[1].Value, null) : 0;
        return minor >= OldestMinor ? null : $"kubectl 1.{minor} is too old to render deploy/; 1.{OldestMinor} or newer does.";
    }

    [GeneratedRegex("\"minor\":\\s*\"([0-9]+)")]
    private static partial Regex Minor();
}
