using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;

namespace Ingress.Routing.Nginx.Migration;

/// <summary>Works out what moving Ingresses from ingress-nginx means.</summary>
/// <param name="table">A table that was compiled with the dialect.</param>
/// <param name="options">The settings of the dialect.</param>
internal sealed class MigrationAnalyzer(IngressRouteTable table, NginxOptions options)
{
    // What ingress-nginx does with a text that is closed here.
    private static readonly Dictionary<string, string> s_traps = new(StringComparer.Ordinal)
    {
        ["auth-url"] = "ingress-nginx switches external authentication off when it is empty",
        ["auth-request-redirect"] = "ingress-nginx switches external authentication off",
        ["auth-always-set-cookie"] = "ingress-nginx switches external authentication off",
        ["auth-cache-duration"] = "ingress-nginx switches external authentication off",
        ["auth-secret"] = "ingress-nginx protects nothing without 'auth-type'",
        ["canary"] = "ingress-nginx serves the Ingress as an ordinary one",
        ["cors-allow-origin"] = "ingress-nginx lets every origin in",
        ["mirror-target"] = "ingress-nginx sends the copy to whatever serves '/'",
    };

    /// <summary>Works it out.</summary>
    public MigrationReport Analyze()
    {
        var snapshot = table.Snapshot;
        var findings = table.Diagnostics.Where(static item => item.Resource is { Kind: IngressResource.KindName })
            .ToLookup(static item => new NamespacedName(item.Resource!.Value.Namespace ?? "", item.Resource.Value.Name));
        var names = snapshot.Ingresses.Select(static ingress => ingress.Name).Where(name => !IsSkipped(findings[name])).ToHashSet();

        // What the API server would not store is under no controller.
        var valid = names.Where(name => !findings[name].Any(IsOfTheIngress)).ToHashSet();
        var differences = new MigrationDifferences(table, options, MigratedHost.In(snapshot, valid)).All().ToLookup(
            static pair => pair.Ingress, static pair => pair.Difference);
        return new([.. snapshot.Ingresses
            .Where(ingress => names.Contains(ingress.Name))
            .DistinctBy(static ingress => ingress.Name)
            .OrderBy(static ingress => ingress.Name.ToString(), StringComparer.Ordinal)
            .Select(ingress => Analyze(ingress, [.. findings[ingress.Name]], [.. differences[ingress.Name]]))]);
    }

    // Of another class: nothing of it is served, and nothing needs to be.
    private static bool IsSkipped(IEnumerable<IngressDiagnostic> findings)
        => findings.Any(static item => item.Id is IngressDiagnosticIds.ForeignClass or IngressDiagnosticIds.UnknownClass or IngressDiagnosticIds.NoClass);

    private MigratedIngress Analyze(IngressResource ingress, List<IngressDiagnostic> findings, IReadOnlyList<RequestDifference> differences)
    {
        var working = new List<string>();
        var withoutEffect = new List<AnnotationNote>();
        var refused = new List<AnnotationNote>();
        var prefix = options.Prefix + "/";
        foreach (var key in ingress.Metadata.Annotations.Keys.Where(key => key.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var name = key[prefix.Length..];
            var own = findings.Where(item => item.Field == $"metadata.annotations[{key}]" && !IsElsewhere(item)).ToList();
            if (IsUnknown(name) && own.TrueForAll(static item => item.Severity != IngressDiagnosticSeverity.Error))
            {
                withoutEffect.Add(new(name, $"{string.Join(' ', own.Select(static item => item.Message))} ingress-nginx ignores it too."));
            }
            else if (own.Where(static item => item.Severity != IngressDiagnosticSeverity.Info).ToList() is { Count: > 0 } problems)
            {
                refused.Add(new(name, string.Join(' ', problems.Select(static item => item.Message).Distinct())));
            }
            else if (own.Find(static item => item.Id == IngressDiagnosticIds.AnnotationWithoutEffect) is { } note)
            {
                withoutEffect.Add(new(name, note.Message));
            }
            else
            {
                working.Add(name);
            }
        }

        var errors = findings.Where(IsOfTheIngress);
        return new(ingress.Name, ingress.Origin?.Locate("metadata.name").ToString())
        {
            Working = working,
            WithoutEffect = withoutEffect,
            Refused = refused,
            Errors = [.. errors.Select(static item => new AnnotationNote(item.Field, item.Message))],
            Differences = differences,
            ClosedTraps = [.. refused.Where(static note => s_traps.ContainsKey(note.Annotation)).Select(static note => new AnnotationNote(note.Annotation, $"Closed here; {s_traps[note.Annotation]}."))],
        };
    }

    // Where no manifest holds an object of a kind, all of them are in the cluster.
    private bool IsElsewhere(IngressDiagnostic finding) => finding.Id switch
    {
        IngressDiagnosticIds.ReferencedSecretNotFound => table.Snapshot.Secrets.Count == 0,
        IngressDiagnosticIds.ReferencedConfigMapNotFound => table.Snapshot.ConfigMaps.Count == 0,
        IngressDiagnosticIds.ReferencedServiceNotFound => table.Snapshot.Services.Count == 0,
        _ => false,
    };

    private bool IsUnknown(string name) => table.Options.AnnotationDialects.Any(dialect => dialect.Prefix == options.Prefix && dialect.Find(name) is null);

    // What a Service or a Secret lacks is a matter of the cluster, and the same under any controller.
    private bool IsOfTheIngress(IngressDiagnostic finding)
        => finding is { Severity: IngressDiagnosticSeverity.Error, FieldError: not null }
            && !finding.Field.StartsWith($"metadata.annotations[{options.Prefix}/", StringComparison.Ordinal);
}
