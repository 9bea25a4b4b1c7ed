using System.Collections.Immutable;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about pages of other sites (CORS).</summary>
internal sealed class CorsBuilder : PolicyBuilder
{
    private const string Origins = "cors-origins";
    private const string Methods = "cors-methods";
    private const string Headers = "cors-headers";
    private const string ExposedHeaders = "cors-exposed-headers";
    private const string Credentials = "cors-credentials";
    private const string MaxAge = "cors-max-age";
    private const string NamesText = "names of headers, or '*', with commas between them";
    private const int MaxSeconds = 31_536_000;

    private string? _others;
    private ImmutableArray<CorsOrigin>? _origins;
    private string? _methods;
    private string? _headers;
    private string? _exposedHeaders;
    private bool _allowsCredentials;
    private int? _maxAge;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        new Annotation<CorsBuilder>(
            Origins,
            AnnotationRisk.Tunes, // without it browsers let no page in, which is the strictest there is
            "origins such as 'https://shop.example' or 'https://*.shop.example', 'null', or '*', with commas between them",
            "The origins whose pages may read the answers: `*` for all, and `*.` for one label in front of a name. Everything about CORS needs it.",
            static (builder, text) => (builder._origins = OriginsOf(text)) is not null),
        new Annotation<CorsBuilder>(
            Methods,
            AnnotationRisk.Tunes,
            "methods such as GET, with commas between them",
            $"The methods that these pages may use. The default is `{Cors.DefaultMethods}`.",
            static (builder, text) => builder.Other(Methods) && (builder._methods = TokensOf(text)) is not null),
        new Annotation<CorsBuilder>(
            Headers,
            AnnotationRisk.Tunes,
            NamesText,
            $"The headers that these pages may send. The default is `{Cors.DefaultHeaders}`.",
            static (builder, text) => builder.Other(Headers) && (builder._headers = TokensOf(text)) is not null),
        new Annotation<CorsBuilder>(
            ExposedHeaders,
            AnnotationRisk.Tunes,
            NamesText,
            "The headers of answers that these pages may read, besides the usual ones.",
            static (builder, text) => builder.Other(ExposedHeaders) && (builder._exposedHeaders = TokensOf(text)) is not null),
        new Annotation<CorsBuilder>(
            Credentials,
            AnnotationRisk.Tunes,
            "'true' or 'false'",
            "Whether these pages may send cookies and passwords along. The default is no.",
            static (builder, text) => builder.Other(Credentials) && AnnotationText.TryReadBoolean(text, out builder._allowsCredentials)),
        new Annotation<CorsBuilder>(
            MaxAge,
            AnnotationRisk.Tunes,
            $"a number from 0 to {MaxSeconds}",
            $"How many seconds browsers may remember what these pages may do. The default is {Cors.DefaultMaxAge}.",
            static (builder, text) =>
            {
                builder._maxAge = AnnotationText.TryReadNumber(text, 0, MaxSeconds, out var seconds) ? seconds : null;
                return builder.Other(MaxAge) && builder._maxAge is not null;
            }),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_origins is { } origins)
        {
            context.Add(
                new Cors
                {
                    Origins = origins,
                    Methods = _methods ?? Cors.DefaultMethods,
                    Headers = _headers ?? Cors.DefaultHeaders,
                    ExposedHeaders = _exposedHeaders,
                    AllowsCredentials = _allowsCredentials,
                    MaxAge = _maxAge ?? Cors.DefaultMaxAge,
                },
                Origins);
        }
        else if (_others is not null)
        {
            Refuse(_others, $"'{context.Dialect.KeyOf(Origins)}' is missing or wrong, which says whose pages it is about", context);
        }
    }

    private bool Other(string annotation)
    {
        _others ??= annotation;
        return true;
    }

    private static ImmutableArray<CorsOrigin>? OriginsOf(string text)
    {
        if (!AnnotationText.TryReadList(text, out var items))
        {
            return null;
        }

        var origins = ImmutableArray.CreateBuilder<CorsOrigin>(items.Length);
        foreach (var item in items)
        {
            if (!CorsOrigin.TryParse(item, out var origin))
            {
                return null;
            }

            origins.Add(origin);
        }

        return origins.MoveToImmutable();
    }

    private static string? TokensOf(string text)
        => AnnotationText.TryReadList(text, out var names) && names.All(static name => HttpToken.IsToken(name)) ? string.Join(", ", names) : null;
}
