using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Which client addresses are let in.</summary>
internal static class AddressAnnotations
{
    private const string Allow = "allowlist-source-range";
    private const string Deny = "denylist-source-range";
    private const string Expected = "addresses and networks such as '10.0.0.0/8', with commas between them, one at least";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            Allow,
            AnnotationRisk.Protects,
            Expected,
            "The networks whose clients are let in, instead of those of the controller. All others are answered with 403.",
            static (builder, text) => NginxText.TryReadNetworks(text, out builder.Allowed),
            "whitelist-source-range"),
        NginxRow.Of<Builder>(
            Deny,
            AnnotationRisk.Protects,
            Expected,
            "The networks whose clients are answered with 403, also where the other list lets them in.",
            static (builder, text) => NginxText.TryReadNetworks(text, out builder.Denied)),
    ];

    internal sealed class Builder : PolicyBuilder
    {
        public ImmutableArray<IPNetwork> Allowed;
        public ImmutableArray<IPNetwork> Denied;

        protected internal override void Build(PolicyContext context)
        {
            var settings = context.Settings<NginxOptions>();
            var list = new AddressList
            {
                Allowed = Allowed.IsDefault ? [.. settings.AllowlistSourceRange] : Allowed,
                Denied = Denied.IsDefault ? [.. settings.DenylistSourceRange] : Denied,
            };
            if (!HasFailed && !(list.Allowed.IsEmpty && list.Denied.IsEmpty))
            {
                context.Add(list, Allowed.IsDefault ? Deny : Allow);
            }
        }
    }
}
