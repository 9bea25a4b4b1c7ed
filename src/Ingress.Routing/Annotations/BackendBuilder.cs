using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about speaking to the backend.</summary>
internal sealed class BackendBuilder : PolicyBuilder
{
    private const string Protocol = "backend-protocol";
    private const string HttpVersion = "backend-http-version";
    private const string Connection = "backend-connection";
    private const string Host = "backend-host";
    private const string HeaderLimit = "response-header-limit";
    private const string Forwarded = "forwarded-headers";
    private const int LargestHeaderLimit = 1024 * 1024;

    private BackendProtocol? _protocol;
    private string? _firstOfProtocol;
    private PolicyTemplate? _host;
    private int? _headerLimit;
    private bool _forwards;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<BackendBuilder>(
            Protocol,
            AnnotationRisk.Protects, // in doubt it would be spoken without TLS
            "'http', 'https', 'auto', 'grpc' or 'grpcs'",
            "What is spoken with the backend, whatever `appProtocol` its Service port has: HTTP, HTTP over TLS, the scheme of the request, HTTP/2 without TLS, or HTTP/2 over TLS.",
            static (builder, text) => KindOf(text) is { } kind && builder.Set(Protocol, protocol => protocol with { Kind = kind })),
        new Annotation<BackendBuilder>(
            HttpVersion,
            AnnotationRisk.Tunes,
            "'1.0' or '1.1'",
            "The version that requests without TLS say. A request whose length is not known is sent with 1.1.",
            static (builder, text) => text is "1.0" or "1.1" && builder.Set(HttpVersion, protocol => protocol with { IsHttp10 = text == "1.0" })),
        new Annotation<BackendBuilder>(
            Connection,
            AnnotationRisk.Tunes,
            "'keep-alive' or 'close'",
            "Whether connections to the backend are used again. The default is `keep-alive`.",
            static (builder, text) => text is "keep-alive" or "close" && builder.Set(Connection, protocol => protocol with { ClosesConnections = text == "close" })),
        new Annotation<BackendBuilder>(
            Host,
            AnnotationRisk.Protects,
            "a host name with an optional port, which may hold variables",
            "The `Host` that the backend gets. `X-Forwarded-Host` keeps that of the request.",
            static (builder, text) => (builder._host = HostOf(text)) is not null),
        new Annotation<BackendBuilder>(
            HeaderLimit,
            AnnotationRisk.Tunes,
            $"a number of bytes from 1024 to {LargestHeaderLimit}",
            "How large the head of a response may be. A larger one is answered with 502. The default is 64 KB.",
            static (builder, text) =>
            {
                var isNumber = AnnotationText.TryReadNumber(text, 1024, LargestHeaderLimit, out var limit);
                builder._headerLimit = isNumber ? limit : null;
                return isNumber;
            }),
        new Annotation<BackendBuilder>(
            Forwarded,
            AnnotationRisk.Tunes,
            "'standard' or 'extended'",
            "Whether the backend is told `X-Real-IP`, `X-Request-ID`, `X-Scheme`, `X-Forwarded-Scheme` and `X-Forwarded-Port` besides the usual headers, and gets no header with an unusual name.",
            static (builder, text) =>
            {
                builder._forwards = text == "extended";
                return text is "standard" or "extended";
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_protocol is not null)
        {
            context.Add(_protocol, _firstOfProtocol!);
        }

        if (_host is not null)
        {
            context.Add(new BackendHost(_host), Host);
        }

        if (_headerLimit is { } limit)
        {
            context.Add(new ResponseHeaderLimit(limit), HeaderLimit);
        }

        if (_forwards)
        {
            context.Add(new ForwardedHeaders(), Forwarded);
        }
    }

    private bool Set(string annotation, Func<BackendProtocol, BackendProtocol> change)
    {
        _firstOfProtocol ??= annotation;
        _protocol = change(_protocol ?? new());
        return true;
    }

    private static BackendProtocolKind? KindOf(string text) => text switch
    {
        "http" => BackendProtocolKind.Http,
        "https" => BackendProtocolKind.Https,
        "auto" => BackendProtocolKind.Auto,
        "grpc" => BackendProtocolKind.Grpc,
        "grpcs" => BackendProtocolKind.Grpcs,
        _ => null,
    };

    private static PolicyTemplate? HostOf(string text)
        => PolicyTemplate.TryParse(text, null, out var template, out _) && (template!.IsConstant ? TargetText.IsHost(text) : TargetText.IsSendable(text)) ? template : null;
}
