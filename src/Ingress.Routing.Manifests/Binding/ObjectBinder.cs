using Ingress.Routing.Diagnostics;
using Ingress.Routing.Manifests.Conversion;
using Ingress.Routing.Manifests.Syntax;
using Ingress.Routing.Manifests.Templates;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>Turns documents into objects. A document that is none, or of another kind or version, is reported.</summary>
internal sealed class ObjectBinder(string file, List<KubernetesResource> resources, List<IngressDiagnostic> diagnostics)
{
    /// <summary>Adds the objects of a document: one, or all of a list.</summary>
    public void Bind(ManifestNode document)
    {
        if (document is not ScalarNode { Type: ScalarType.Null })
        {
            Bind(document, listKind: null, listApiVersion: null);
        }
    }

    // The elements of a typed list as the API server writes it have neither kind nor apiVersion of their own.
    private void Bind(ManifestNode document, string? listKind, string? listApiVersion)
    {
        if (ForeignDocument.IsJsonPatch(document))
        {
            Inform(IngressDiagnosticIds.PatchSkipped, document.Position,
                "This is a JSON patch, which kustomize or kubectl applies to an object. It is not read: give what 'kubectl kustomize' prints.");
            return;
        }

        if (document is not MappingNode node)
        {
            Report(IngressDiagnosticIds.NotAnObject, FieldErrorKind.Invalid, null, "", document.Position,
                $"The document is {document.Description} and no Kubernetes object. It is skipped.");
            return;
        }

        if (listKind is null
            && (node.FindExact("kind") is null || ForeignDocument.IsKustomization(file))
            && ForeignDocument.Describe(file, node) is { } description)
        {
            Inform(IngressDiagnosticIds.FileSkipped, node.Position, description);
            return;
        }

        if (HeaderOf(node, "kind", listKind) is not { } kind || HeaderOf(node, "apiVersion", listApiVersion) is not { } apiVersion)
        {
            return;
        }

        if (kind == KnownKind.List && apiVersion == "v1")
        {
            BindItems(node, null, null);
        }
        else if (KnownKind.ItemKindOf(kind) is { } itemKind && KnownKind.IsMeant(itemKind, apiVersion))
        {
            BindItems(node, itemKind, apiVersion);
        }
        else
        {
            BindObject(node, kind, apiVersion);
        }
    }

    private void BindItems(MappingNode list, string? kind, string? apiVersion)
    {
        if (!list.TryFind("items", out var items) || items.Value is ScalarNode { Type: ScalarType.Null })
        {
            return;
        }

        if (items.Value is not SequenceNode sequence)
        {
            Report(IngressDiagnosticIds.WrongFieldType, FieldErrorKind.Invalid, null, "items", items.Position,
                "The items are not a list. None of them is read.");
            return;
        }

        foreach (var item in sequence.Items)
        {
            Bind(item, kind, apiVersion);
        }
    }

    private void BindObject(MappingNode node, string kind, string apiVersion)
    {
        if (ForeignDocument.IsTemplateWithIngress(node, kind))
        {
            Report(IngressDiagnosticIds.TemplateNotRendered, null, ReferenceToOther(node, kind), "objects", PositionOf(node, "objects"),
                "This is an OpenShift template that holds an Ingress. Run 'oc process -f' on it, and give what it prints. It is not read.");
            return;
        }

        if (KnownKind.ApiVersionOf(kind) is not { } supported || !KnownKind.IsMeant(kind, apiVersion))
        {
            diagnostics.Add(Diagnostic(IngressDiagnosticIds.KindSkipped, null, ReferenceToOther(node, kind), "kind", PositionOf(node, "kind"),
                $"The kind {Quote.Of(kind)} of {Quote.Of(apiVersion)} takes no part in routing. It is skipped.") with
            {
                Severity = IngressDiagnosticSeverity.Info,
            });
            return;
        }

        var reference = ReferenceTo(node, kind);
        if (IsPatch(node, reference) || HasPlaceholders(node, reference))
        {
            return;
        }

        if (RetiredVersion.RefusedSince(kind, apiVersion) is not null)
        {
            BindRetired(node, reference, apiVersion);
            return;
        }

        if (apiVersion != supported)
        {
            reference = kind == "Secret" ? SecretBinder.SafeReference(reference) : reference;
            Report(IngressDiagnosticIds.RetiredApiVersion, FieldErrorKind.NotSupported, reference, "apiVersion", PositionOf(node, "apiVersion"),
                RetiredApiVersion.Refusal(kind, apiVersion, supported));
            return;
        }

        // What only counts when an annotation refers to it is read without a word: whatever cannot be read of it is missing there.
        var isQuiet = kind == "ConfigMap" || (kind == "Secret" && !SecretBinder.IsForTls(node));
        var report = new ObjectReport(file, kind == "Secret" ? SecretBinder.SafeReference(reference) : reference, isQuiet ? [] : diagnostics)
        {
            HidesValues = kind == "Secret",
        };
        RepeatedKeys.Report(node, FieldPath.Root, report);

        var resource = Read(kind, node, report);
        if (!report.IsRefused)
        {
            resources.Add(resource);
        }
    }

    private bool IsPatch(MappingNode node, ResourceReference reference)
    {
        const string Directive = "$patch";
        var isMarked = node.FindExact(Directive) is not null || (node.FindExact("spec") as MappingNode)?.FindExact(Directive) is not null;

        // An Ingress with annotations or labels and nothing else changes another one.
        var isPartial = reference.Kind == "Ingress"
            && reference.Name.Length > 0
            && !node.TryFind("spec", out _)
            && node.FindExact("metadata") is MappingNode metadata
            && (metadata.FindExact("annotations") ?? metadata.FindExact("labels")) is MappingNode;
        if (isMarked || isPartial)
        {
            var why = isMarked ? $"'{Directive}' says that it" : "It has no 'spec', so it most likely";
            diagnostics.Add(Diagnostic(IngressDiagnosticIds.PatchSkipped, null, reference, isMarked ? "" : "spec", node.Position,
                $"{why} is a patch for kustomize. It is not read: give what 'kubectl kustomize' prints.") with
            {
                Severity = isMarked ? IngressDiagnosticSeverity.Info : IngressDiagnosticSeverity.Warning,
            });
        }

        return isMarked || isPartial;
    }

    private bool HasPlaceholders(MappingNode node, ResourceReference reference)
    {
        // ConfigMaps hold templates of all kinds, which are not meant for us. One whose name is to be filled in is the object of a template.
        if (reference.Kind == "ConfigMap")
        {
            return node.FindExact("metadata") is MappingNode metadata && Placeholders.In(metadata) is not null;
        }

        if (Placeholders.In(node) is not { } found)
        {
            return false;
        }

        // What stands in a Secret is not shown, be it a placeholder or not.
        var isSecret = reference.Kind == "Secret";
        var sample = isSecret ? "" : found.Count == 1 ? $": {Quote.Of(found.Sample)}" : $", {Quote.Of(found.Sample)} for one";
        var places = found.Count == 1 ? "one place" : $"{found.Count} places";
        Report(IngressDiagnosticIds.TemplateNotRendered, null, isSecret ? SecretBinder.SafeReference(reference) : reference, "", found.Position,
            $"The {reference.Kind} is {found.Language.Name}, still to be filled in at {places}{sample}. {found.Language.Remedy} It is not read.");
        return true;
    }

    private void Inform(string id, Position position, string message)
        => diagnostics.Add(Diagnostic(id, null, null, "", position, message) with { Severity = IngressDiagnosticSeverity.Info });

    private void BindRetired(MappingNode node, ResourceReference reference, string apiVersion)
    {
        var report = new ObjectReport(file, reference, diagnostics);
        RepeatedKeys.Report(node, FieldPath.Root, report);
        var retired = new RetiredVersion(report);
        var converted = retired.Convert(node, reference.Kind);
        var resource = Read(reference.Kind, converted, report);
        if (report.IsRefused)
        {
            return;
        }

        resources.Add(resource);
        var message = RetiredApiVersion.Conversion(reference.Kind, apiVersion, KnownKind.ApiVersionOf(reference.Kind)!, retired.Changes);
        diagnostics.Add(
            Diagnostic(IngressDiagnosticIds.RetiredApiVersion, FieldErrorKind.NotSupported, reference, "apiVersion", PositionOf(node, "apiVersion"), message) with
            {
                Severity = IngressDiagnosticSeverity.Warning,
            });
    }

    private KubernetesResource Read(string kind, MappingNode node, ObjectReport report)
    {
        var root = new FieldReader(report, node, FieldPath.Root);
        var metadata = MetadataBinder.Read(root, warnsOfUnknownFields: kind is "Ingress" or "IngressClass");
        var origin = ManifestOrigin.Of(file, node);
        return kind switch
        {
            "Ingress" => IngressBinder.Read(root, metadata, origin),
            "IngressClass" => IngressClassBinder.Read(root, metadata, origin),
            "Service" => ServiceBinder.Read(root, metadata, origin),
            "EndpointSlice" => EndpointSliceBinder.Read(root, metadata, origin),
            "Endpoints" => EndpointsBinder.Read(root, metadata, origin),
            "ConfigMap" => ConfigMapBinder.Read(root, report, node, metadata, origin),
            _ => SecretBinder.Read(root, report, node, metadata, origin),
        };
    }

    private string? HeaderOf(MappingNode node, string field, string? inherited)
    {
        var value = node.FindExact(field);
        if (value is ScalarNode { Type: ScalarType.String, Text.Length: > 0 } scalar)
        {
            return scalar.Text;
        }

        if (value is null or ScalarNode { Type: ScalarType.Null } or ScalarNode { Type: ScalarType.String })
        {
            if (inherited is null)
            {
                Report(IngressDiagnosticIds.NotAnObject, FieldErrorKind.Required, null, field, PositionOf(node, field),
                    $"The document has no '{field}', which every Kubernetes object has. It is skipped.");
            }

            return inherited;
        }

        Report(IngressDiagnosticIds.WrongFieldType, FieldErrorKind.Invalid, null, field, PositionOf(node, field),
            $"The '{field}' is {value.Description} and must be a string. The document is skipped.");
        return null;
    }

    /// <summary>The identity of an object of a known kind, for messages.</summary>
    public static ResourceReference ReferenceTo(MappingNode node, string kind)
    {
        var name = MetadataText(node, "name") ?? "";
        return KnownKind.IsClusterScoped(kind)
            ? new(kind, null, name)
            : new(kind, new NamespacedName(MetadataText(node, "namespace"), name).Namespace, name);
    }

    // Whether an object of another kind has a namespace is not known here.
    private static ResourceReference ReferenceToOther(MappingNode node, string kind)
        => new(kind, MetadataText(node, "namespace") is { Length: > 0 } written ? written : null, MetadataText(node, "name") ?? "");

    private static string? MetadataText(MappingNode node, string field)
        => node.TryFind("metadata", out var metadata)
            && metadata.Value is MappingNode fields
            && fields.TryFind(field, out var entry)
            && entry.Value is ScalarNode { Type: ScalarType.String } scalar
                ? scalar.Text
                : null;

    private static Position PositionOf(MappingNode node, string field)
        => node.TryFind(field, out var entry) ? entry.Position : node.Position;

    private void Report(string id, FieldErrorKind? error, ResourceReference? resource, string field, Position position, string message)
        => diagnostics.Add(Diagnostic(id, error, resource, field, position, message));

    private IngressDiagnostic Diagnostic(
        string id, FieldErrorKind? error, ResourceReference? resource, string field, Position position, string message) => new()
        {
            Id = id,
            Severity = IngressDiagnosticSeverity.Error,
            FieldError = error,
            Resource = resource,
            Field = field,
            Message = message,
            Location = new(file, position.Line, position.Column),
        };
}
