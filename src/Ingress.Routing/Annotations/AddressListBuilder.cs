using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about the addresses of clients.</summary>
internal sealed class AddressListBuilder : PolicyBuilder
{
    private const string Allow = "allow-addresses";
    private const string Deny = "deny-addresses";
    private const string NetworksText = "networks such as '10.0.0.0/8' or addresses, with commas between them";

    private ImmutableArray<IPNetwork> _allowed = [];
    private ImmutableArray<IPNetwork> _denied = [];

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<AddressListBuilder>(
            Allow,
            AnnotationRisk.Protects,
            NetworksText,
            "The networks whose clients are let in. All others are answered with 403.",
            static (builder, text) => AnnotationText.TryReadNetworks(text, out builder._allowed)),
        new Annotation<AddressListBuilder>(
            Deny,
            AnnotationRisk.Protects,
            NetworksText,
            "The networks whose clients are answered with 403, also where `allow-addresses` lets them in.",
            static (builder, text) => AnnotationText.TryReadNetworks(text, out builder._denied)),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (!HasFailed)
        {
            context.Add(new AddressList { Allowed = _allowed, Denied = _denied }, _allowed.IsEmpty ? Deny : Allow);
        }
    }
}
