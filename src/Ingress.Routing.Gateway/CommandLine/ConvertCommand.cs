using System.CommandLine;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Gateway.Output;
using Ingress.Routing.Manifests;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>convert</c>: manifests of retired API versions, as they should be written today.</summary>
internal static class ConvertCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var classField = new Option<bool>("--class-field")
        {
            Description = "Write spec.ingressClassName instead of the annotation kubernetes.io/ingress.class, where an IngressClass of that name exists. "
                + "Without it the annotation stays, as API servers left it.",
        };
        var command = new Command(
            "convert",
            "Prints manifests with each Ingress and IngressClass of v1beta1 as networking.k8s.io/v1, and all other documents as they are. Files are not changed.")
        {
            paths,
            classField,
        };
        command.SetAction(parsed =>
        {
            var conversions = Convert(parsed.GetRequiredValue(paths), input, parsed.GetValue(classField));
            ConversionPrinter.Write(conversions, parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error);
            if (conversions.TrueForAll(IsUnread))
            {
                parsed.InvocationConfiguration.Error.WriteLine(PrintableText.Escape(UnreadInput.Describe(parsed.GetRequiredValue(paths))));
                return ExitCode.Usage;
            }

            return conversions.Exists(HasErrors) ? ExitCode.Failure : ExitCode.Success;
        });
        return command;
    }

    private static List<ManifestConversion> Convert(string[] paths, TextReader input, bool usesClassField)
    {
        var conversions = new List<ManifestConversion>();
        foreach (var path in paths)
        {
            if (path == ManifestInput.StandardInput)
            {
                conversions.Add(IngressManifests.Convert(input.ReadToEnd(), ManifestInput.StandardInputName, usesClassField));
            }
            else
            {
                conversions.AddRange(IngressManifests.ConvertFiles([path], usesClassField));
            }
        }

        return conversions;
    }

    private static bool HasErrors(ManifestConversion conversion)
        => conversion.Diagnostics.Any(static diagnostic => diagnostic.Severity == IngressDiagnosticSeverity.Error);

    private static bool IsUnread(ManifestConversion conversion) => conversion.Text.Length == 0 && HasErrors(conversion);
}
