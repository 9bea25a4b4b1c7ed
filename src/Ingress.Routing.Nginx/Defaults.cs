using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>The builders that run for every Ingress: for what holds by default.</summary>
internal static class Defaults
{
    public static IReadOnlyList<Func<PolicyBuilder>> Builders { get; } =
    [
        static () => new HttpsRedirectBuilder(),
        static () => new AddressAnnotations.Builder(),
        static () => new BodyAnnotations.Builder(),
        static () => new ErrorAnnotations.Builder(),
    ];
}
