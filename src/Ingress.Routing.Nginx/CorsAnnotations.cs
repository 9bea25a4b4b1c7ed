using System.Collections.Immutable;
using System.Text.RegularExpressions;
using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>Which pages of other origins may read answers.</summary>
internal static partial class CorsAnnotations
{
    private const string Enable = "enable-cors";
    private const string Origins = "cors-allow-origin";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.Of<Builder>(
            Enable,
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether pages of other origins may read answers. The other annotations of CORS do nothing without it.",
            static (builder, text) => NginxText.TryReadBoolean(text, out builder.IsEnabled)),
        NginxRow.Of<Builder>(
            Origins,
            AnnotationRisk.Tunes,
            "origins such as 'https://shop.example' or 'https://*.shop.example', 'null', or '*', with commas between them",
            "The origins whose pages are let in; the default is '*'. An origin is compared as a whole. A text that is wrong lets in none, where ingress-nginx lets in all.",
            static (builder, text) =>
            {
                builder.AllowedOrigins = text.Length == 0 ? null : text;
                return true;
            }),
        NginxRow.Of<Builder>(
            "cors-allow-methods",
            AnnotationRisk.Tunes,
            "methods with commas between them",
            $"The methods that are allowed. The default is `{Cors.DefaultMethods}`.",
            static (builder, text) => Set(ref builder.Methods, text, MethodList())),
        NginxRow.Of<Builder>(
            "cors-allow-headers",
            AnnotationRisk.Tunes,
            "names of headers with commas between them",
            $"The headers that are allowed. The default is `{Cors.DefaultHeaders}`.",
            static (builder, text) => Set(ref builder.Headers, text, HeaderList())),
        NginxRow.Of<Builder>(
            "cors-allow-credentials",
            AnnotationRisk.Tunes,
            "a switch such as 'true'",
            "Whether cookies and passwords may be sent along. The default is yes; a text that is wrong means no.",
            static (builder, text) =>
            {
                var isSwitch = NginxText.TryReadBoolean(text, out bool allows);
                builder.AllowsCredentials = allows;
                return isSwitch;
            }),
        NginxRow.Of<Builder>(
            "cors-expose-headers",
            AnnotationRisk.Tunes,
            "names of headers or '*', with commas between them",
            "The headers of answers that pages may read besides the usual ones.",
            static (builder, text) => Set(ref builder.ExposedHeaders, text, ExposedHeaderList())),
        NginxRow.Of<Builder>(
            "cors-max-age",
            AnnotationRisk.Tunes,
            "a number of seconds",
            $"How long browsers may remember what is allowed. The default is {Cors.DefaultMaxAge}.",
            static (builder, text) => NginxText.TryReadNumber(text, int.MinValue, int.MaxValue, out builder.MaxAge)),
    ];

    private static bool Set(ref string? field, string text, Regex form)
    {
        field = form.IsMatch(text) ? text : null;
        return field is not null || text.Length == 0;
    }

    [GeneratedRegex(@"\A([A-Za-z]+,?\s?)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex MethodList();

    [GeneratedRegex(@"\A[A-Za-z0-9_, -]+\z", RegexOptions.NonBacktracking)]
    private static partial Regex HeaderList();

    [GeneratedRegex(@"\A(([A-Za-z0-9_-]+|\*),?\s?)+\z", RegexOptions.NonBacktracking)]
    private static partial Regex ExposedHeaderList();

    // What passes there as a whole. Entries that are no origins, such as names without a scheme, are then skipped one by one.
    [GeneratedRegex(@"\A([a-z]+://)?(\*\.)?[A-Za-z0-9.-]*(:[0-9]+)?\z", RegexOptions.NonBacktracking)]
    private static partial Regex AlmostOrigin();

    internal sealed class Builder : PolicyBuilder
    {
        public bool IsEnabled;
        public string? AllowedOrigins;
        public string? Methods;
        public string? Headers;
        public string? ExposedHeaders;
        public bool AllowsCredentials = true;
        public int? MaxAge;

        protected internal override void Build(PolicyContext context)
        {
            if (!IsEnabled || OriginsOf(context) is not { IsEmpty: false } origins)
            {
                return;
            }

            context.Add(
                new Cors
                {
                    Origins = origins,
                    Methods = Methods ?? Cors.DefaultMethods,
                    Headers = Headers ?? Cors.DefaultHeaders,
                    ExposedHeaders = ExposedHeaders,
                    AllowsCredentials = AllowsCredentials,
                    MaxAge = MaxAge ?? Cors.DefaultMaxAge,
                    AnswersAllOptions = true,
                },
                Enable);
        }

        private ImmutableArray<CorsOrigin> OriginsOf(PolicyContext context)
        {
            var items = NginxText.ListOf(AllowedOrigins ?? "*");
            if (items.Contains("*"))
            {
                return [CorsOrigin.Any];
            }

            if (items.FirstOrDefault(static item => item != "null" && !AlmostOrigin().IsMatch(item)) is { } wrong)
            {
                context.Report(
                    Origins, $"It is '{AllowedOrigins}', and '{wrong}' is no origin. No page of another origin is let in; ingress-nginx lets in those of all.");
                return [];
            }

            var origins = ImmutableArray.CreateBuilder<CorsOrigin>();
            foreach (var item in items)
            {
                if (CorsOrigin.TryParse(item, out var origin))
                {
                    origins.Add(origin);
                }
                else
                {
                    context.Warn(Origins, $"'{item}' is no origin such as 'https://shop.example'. It is left out.");
                }
            }

            return origins.ToImmutable();
        }
    }
}
