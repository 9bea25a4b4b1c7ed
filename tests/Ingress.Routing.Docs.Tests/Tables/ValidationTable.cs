using System.Text.RegularExpressions;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Docs.Tests.Tables;

/// <summary>Values written to a field of a valid object, and the errors they cause (semantics 2).</summary>
internal sealed partial class ValidationTable : ITableRunner
{
    public bool Recognizes(IReadOnlyList<string> header)
        => header is ["#", var field, "value", "result"] && FieldColumn().IsMatch(field);

    public void Run(MarkdownRow row)
    {
        var column = FieldColumn().Match(row.Table.Header[1]);
        var prefix = column.Groups["prefix"].Value;
        var field = Join(prefix, row.Code("field of"));

        Assert.All(row.CodesOrNone("value"), value =>
        {
            var manifest = SampleManifest.With(column.Groups["kind"].Value, field, value);
            Assert.Equal(Expected(row["result"], prefix, field), Errors(manifest));
        });
    }

    private static List<string> Errors(string manifest)
    {
        var read = IngressManifests.Parse(manifest);
        Assert.DoesNotContain(read.Diagnostics, diagnostic => diagnostic.FieldError is not null);
        return
        [
            .. IngressRouteTable.Compile(read.Snapshot).Diagnostics
                .Where(diagnostic => diagnostic.FieldError is not null)
                .Select(diagnostic => $"{diagnostic.FieldError} {diagnostic.Field}".ToLowerInvariant()),
        ];
    }

    // "valid", or kinds of errors, each followed by "at `field`" when it is reported elsewhere.
    private static List<string> Expected(string result, string prefix, string field)
    {
        if (result == "valid")
        {
            return [];
        }

        return
        [
            .. result.Split(", ").Select(error => error.Split(" at ")).Select(error =>
            {
                var place = error.Length == 1 ? field : Join(prefix, error[1].Trim('`'));
                return $"{error[0]} {place}".ToLowerInvariant();
            }),
        ];
    }

    private static string Join(string prefix, string? field)
        => field is null or "." ? prefix : prefix.Length == 0 ? field : $"{prefix}.{field}";

    [GeneratedRegex("^field of (?<kind>IngressClass|Ingress)( `(?<prefix>[^`]+)`)?$")]
    private static partial Regex FieldColumn();
}
