using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Reads a block <c>policies</c>: one Ingress a line with its annotations, the oldest first.</summary>
internal static class PoliciesBlock
{
    private static readonly TestAuthority s_authority = new("authority");

    public static IngressRouteTable Compile(string text)
    {
        var ingresses = text.Split('\n').Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Select(Ingress).ToList();
        var secrets = ingresses.Select(ingress => ingress.Name.Namespace).Distinct().Select(name => TestAuthority.Secret($"{name}/ca", s_authority));
        return IngressRouteTable.Compile(new() { Ingresses = ingresses, Secrets = [.. secrets] });
    }

    private static IngressResource Ingress(string[] words, int age) => Some.Ingress(
        words[0],
        [Some.Rule(words[1] == "(any)" ? null : words[1], Some.Prefix("/"))],
        ageSeconds: age,
        annotations: words.Skip(2).Select(word => word.Split('=', 2)).ToDictionary(pair => $"ingress.routing/{pair[0]}", pair => pair[1]));
}
