using System.Buffers;
using Ingress.Routing.Model;

namespace Ingress.Routing.Policies;

/// <summary>Serves the answer to an ACME challenge over plain http, whatever is asked of other requests for the host (semantics 12.8).</summary>
/// <remarks>
/// An authority that is asked for the first certificate of a host, or for the next one, comes over plain http and without a certificate of its
/// own. cert-manager makes an Ingress for it, with the label and the one path that are looked for here.
/// </remarks>
internal sealed record AcmeChallenge : RoutePolicy
{
    private const string Label = "acme.cert-manager.io/http01-solver";
    private const string Folder = "/.well-known/acme-challenge/";

    private static readonly SearchValues<char> s_tokenCharacters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    private AcmeChallenge()
    {
    }

    public static AcmeChallenge Instance { get; } = new();

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.ClientCertificate;

    /// <summary>Whether an Ingress is there for challenges, and for nothing else.</summary>
    public static bool IsSolver(IngressResource ingress)
        => ingress.Metadata.Labels.Count > 0
            && ingress.Metadata.Labels.GetValueOrDefault(Label) == "true"
            && ingress.DefaultBackend is null
            && ingress.Rules.All(static rule => rule.Paths?.All(IsToken) == true);

    /// <inheritdoc />
    public override string Describe() => "answer to an ACME challenge: over plain http, without a client certificate";

    // A token is one segment (RFC 8555, 8.3). A prefix would take what is below it too.
    private static bool IsToken(IngressPath path)
        => path is { Path: { } text, PathType: PathTypes.Exact or PathTypes.ImplementationSpecific }
            && text.StartsWith(Folder, StringComparison.Ordinal)
            && text.Length > Folder.Length
            && text.AsSpan(Folder.Length).IndexOfAnyExcept(s_tokenCharacters) < 0;
}
