using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using static Ingress.Routing.Diagnostics.FieldErrorKind;

namespace Ingress.Routing.Compilation;

/// <summary>The rules for backends and the references in them (semantics 2.5).</summary>
internal static class BackendValidator
{
    private const int LargestPort = 65535;

    public static void Validate(IngressBackend? backend, FieldPath field, FieldReport report)
    {
        switch (backend)
        {
            case { Service: not null, Resource: not null }:
                report.Error(IngressDiagnosticIds.InvalidBackend, Invalid, field, "A backend is a 'service' or a 'resource', not both.");
                break;

            case { Resource: { } resource }:
                ValidateReference(
                    IngressDiagnosticIds.InvalidBackend, resource.ApiGroup, resource.Kind, resource.Name, field.Field(".resource"), report);
                break;

            case { Service: { } service }:
                ValidateService(service, field, report);
                break;

            default:
                // Invalid, not required, also when the backend is missing altogether (semantics 2.5.1, trap 16).
                report.Error(IngressDiagnosticIds.InvalidBackend, Invalid, field, "A backend needs a 'service' or a 'resource'.");
                break;
        }
    }

    /// <summary>Checks what a typed reference to an object of any kind must hold (semantics 2.5.9 to 2.5.11, 2.7.2).</summary>
    public static void ValidateReference(string id, string? apiGroup, string? kind, string? name, FieldPath field, FieldReport report)
    {
        if (apiGroup is not null)
        {
            report.Errors(id, field.Field(".apiGroup"), "API group", apiGroup, NameSyntax.SubdomainErrors(apiGroup));
        }

        ValidateSegment(id, kind, "kind", field.Field(".kind"), report);
        ValidateSegment(id, name, "name", field.Field(".name"), report);
    }

    private static void ValidateSegment(string id, string? text, string what, FieldPath field, FieldReport report)
    {
        if (string.IsNullOrEmpty(text))
        {
            report.Error(id, Required, field, $"The reference has no {what}.");
        }
        else
        {
            report.Errors(id, field, what, text, NameSyntax.PathSegmentErrors(text));
        }
    }

    private static void ValidateService(IngressServiceBackend service, FieldPath field, FieldReport report)
    {
        if (string.IsNullOrEmpty(service.Name))
        {
            report.Error(IngressDiagnosticIds.InvalidBackend, Required, field.Field(".service.name"), "The backend names no Service.");
        }
        else
        {
            report.Errors(
                IngressDiagnosticIds.InvalidBackend,
                field.Field(".service.name"),
                "Service name",
                service.Name,
                NameSyntax.ServiceNameErrors(service.Name));
        }

        ValidatePort(service.Port, field, report);
    }

    // Errors about the choice between name and number stand on the backend, not on the port (semantics 2.5.5, 2.5.6, trap 16).
    private static void ValidatePort(ServiceBackendPort? port, FieldPath field, FieldReport report)
    {
        var number = port?.Number ?? 0;
        if (!string.IsNullOrEmpty(port?.Name))
        {
            if (number != 0)
            {
                report.Error(IngressDiagnosticIds.InvalidBackend, Invalid, field, "A Service port has a name or a number, not both.");
                return;
            }

            report.Errors(
                IngressDiagnosticIds.InvalidBackend, field.Field(".service.port.name"), "port name", port.Name, NameSyntax.PortNameErrors(port.Name));
            return;
        }

        if (number == 0)
        {
            report.Error(IngressDiagnosticIds.InvalidBackend, Required, field, "The Service needs a port: 'port.number' or 'port.name'.");
            return;
        }

        if (number is < 1 or > LargestPort)
        {
            report.Error(
                IngressDiagnosticIds.InvalidBackend,
                Invalid,
                field.Field(".service.port.number"),
                $"The port number {number} is not between 1 and {LargestPort}.");
        }
    }
}
