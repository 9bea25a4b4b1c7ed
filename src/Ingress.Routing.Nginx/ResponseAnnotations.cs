using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is changed in answers of backends.</summary>
internal static class ResponseAnnotations
{
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<AddressEditsBuilder>(
            AddressEditsBuilder.CookieDomain,
            AnnotationRisk.Tunes,
            "'off', or two names with a blank between them",
            "The `Domain` in cookies of the backend, and what takes its place.",
            static (builder, text) => builder.TrySetCookieDomain(text)),
        NginxRow.Of<AddressEditsBuilder>(
            AddressEditsBuilder.CookiePath,
            AnnotationRisk.Tunes,
            "'off', or two paths with a blank between them",
            "How the `Path` in cookies of the backend begins, and what takes the place of that.",
            static (builder, text) => builder.TrySetCookiePath(text)),
        NginxRow.Of<AddressEditsBuilder>(
            AddressEditsBuilder.RedirectFrom,
            AnnotationRisk.Tunes,
            "'off', 'default', or the beginning of an address",
            "How the `Location` of redirects of the backend begins.",
            static (builder, text) => builder.TrySetFrom(text)),
        NginxRow.Of<AddressEditsBuilder>(
            AddressEditsBuilder.RedirectTo,
            AnnotationRisk.Tunes,
            "'off', or the beginning of an address",
            "What takes the place of that.",
            static (builder, text) => builder.TrySetTo(text)),
        NginxRow.Of<CustomHeadersBuilder>(
            CustomHeadersBuilder.Name,
            AnnotationRisk.Protects,
            "a ConfigMap as 'namespace/name' or 'name'",
            "The ConfigMap whose entries are headers that the client gets, on every answer.",
            static (builder, text) => (builder.ConfigMap = text).Length > 0),
    ];
}
