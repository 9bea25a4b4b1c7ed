using System.Collections.Frozen;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Annotations;

/// <summary>What annotations say about headers: one header a line, or names with commas between them.</summary>
internal sealed class HeaderEditsBuilder : PolicyBuilder
{
    private const string Lines = "lines such as 'X-Team: shop'; names of headers that may be changed, and variables such as '${host}'";
    private const string Names = "names of headers that may be changed, with commas between them";

    // What delimits messages and connections, and what says who the client is: changing it would break or deceive.
    private static readonly FrozenSet<string> s_reserved = FrozenSet.ToFrozenSet(
    [
        "Connection", "Content-Length", "Expect", "Forwarded", "Host", "Keep-Alive", "Proxy-Connection", "TE", "Trailer",
        "Transfer-Encoding", "Upgrade", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Proto",
        .. ClientCertificateHeaders.All,
    ], StringComparer.OrdinalIgnoreCase);

    private readonly List<HeaderEdit> _request = [];
    private readonly List<HeaderEdit> _response = [];
    private string? _firstOfRequest;
    private string? _firstOfResponse;

    /// <summary>The rows of our own dialect.</summary>
    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        Edit("request-headers-remove", "Headers that the backend does not get.", isRequest: true, HeaderEditKind.Remove),
        Edit("request-headers-set", "Headers that the backend gets with this value alone.", isRequest: true, HeaderEditKind.Set),
        Edit("request-headers-add", "Headers that the backend gets besides those of the client.", isRequest: true, HeaderEditKind.Add),
        Edit("response-headers-remove", "Headers that the client does not get.", isRequest: false, HeaderEditKind.Remove),
        Edit("response-headers-set", "Headers that the client gets with this value alone.", isRequest: false, HeaderEditKind.Set),
        Edit("response-headers-add", "Headers that the client gets besides those of the backend.", isRequest: false, HeaderEditKind.Add),
    ];

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        if (_request.Count > 0)
        {
            context.Add(new RequestHeaderEdits([.. _request]), _firstOfRequest!);
        }

        if (_response.Count > 0)
        {
            context.Add(new ResponseHeaderEdits([.. _response]), _firstOfResponse!);
        }
    }

    private static Annotation<HeaderEditsBuilder> Edit(string name, string summary, bool isRequest, HeaderEditKind kind)
        => new(
            name,
            isRequest ? AnnotationRisk.Protects : AnnotationRisk.Tunes, // backends believe what is set for them, and what they do not get
            kind == HeaderEditKind.Remove ? Names : Lines,
            summary,
            (builder, text) =>
            {
                if ((kind == HeaderEditKind.Remove ? ReadNames(text) : ReadLines(text, kind)) is not { } edits)
                {
                    return false;
                }

                (isRequest ? builder._request : builder._response).AddRange(edits);
                _ = isRequest ? builder._firstOfRequest ??= name : builder._firstOfResponse ??= name;
                return true;
            });

    private static List<HeaderEdit>? ReadNames(string text)
        => AnnotationText.TryReadList(text, out var names) && names.All(MayChange)
            ? [.. names.Select(static name => new HeaderEdit(HeaderEditKind.Remove, name, null))]
            : null;

    private static List<HeaderEdit>? ReadLines(string text, HeaderEditKind kind)
    {
        var edits = new List<HeaderEdit>();
        foreach (var line in text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var colon = line.IndexOf(':', StringComparison.Ordinal);
            if (colon <= 0 || !MayChange(line[..colon].TrimEnd()))
            {
                return null;
            }

            var value = line[(colon + 1)..].Trim();
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~') || !PolicyTemplate.TryParse(value, null, out var template, out _))
            {
                return null;
            }

            edits.Add(new(kind, line[..colon].TrimEnd(), template));
        }

        return edits.Count > 0 ? edits : null;
    }

    /// <summary>Whether a header is one that may be changed on its way to a backend.</summary>
    internal static bool MayChange(string name) => HttpToken.IsToken(name) && !s_reserved.Contains(name);
}
