using System.Text;

namespace Ingress.Routing.Kubernetes.Leases;

/// <summary>The names of an election: of its Lease, and of those who take part.</summary>
internal static class ElectionName
{
    private const int LongestLabel = 63;

    /// <summary>The name of the Lease of a controller, so that two controllers in one namespace have two (K36).</summary>
    public static string Default(string? controllerName)
    {
        var name = new StringBuilder("ingress-gateway");
        foreach (var character in $"-{controllerName}")
        {
            var next = char.IsAsciiLetterOrDigit(character) ? char.ToLowerInvariant(character) : '-';
            if (next != '-' || name[^1] != '-')
            {
                name.Append(next);
            }
        }

        return name.ToString(0, Math.Min(name.Length, LongestLabel)).TrimEnd('-');
    }

    /// <summary>An identity that no other process has, even one in the same Pod after a restart.</summary>
    public static string NewIdentity(string podName) => $"{podName}_{Guid.NewGuid():N}";
}
