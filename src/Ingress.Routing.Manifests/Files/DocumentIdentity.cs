using System.Text.RegularExpressions;
using Ingress.Routing.Manifests.Binding;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Files;

/// <summary>Guesses which objects a text is about that cannot be read, so that their last good versions can be kept.</summary>
/// <remarks>It may name objects that do not exist, and miss some; it never makes one.</remarks>
internal static partial class DocumentIdentity
{
    private const int LongestText = 1024 * 1024;
    private const int LongestMetadata = 4 * 1024;
    private const int MostNames = 10_000;
    private const string DefaultNamespace = "default";

    private static readonly string[] s_kinds = ["Ingress", "IngressClass", "Service", "EndpointSlice", "Secret", "ConfigMap"];

    /// <summary>Every name that stands below <c>metadata</c>, for every kind that is written.</summary>
    public static IReadOnlyCollection<ResourceReference> Guess(string text)
    {
        text = text.Length > LongestText ? text[..LongestText] : text;
        var kinds = Kind().Matches(text).Select(static match => KindOf(match.Groups["kind"].Value)).ToHashSet(StringComparer.Ordinal);
        var isUnknown = kinds.All(static kind => kind == KnownKind.List);
        var found = new HashSet<ResourceReference>();
        foreach (Match metadata in Metadata().Matches(text))
        {
            var section = text.Substring(metadata.Index, Math.Min(LongestMetadata, text.Length - metadata.Index));
            var end = Sibling().Match(section, metadata.Length);
            section = end.Success ? section[..end.Index] : section;
            var namespaceMatch = Namespace().Match(section);
            var @namespace = namespaceMatch.Success ? namespaceMatch.Groups["value"].Value : DefaultNamespace;
            foreach (Match name in Name().Matches(section))
            {
                foreach (var kind in s_kinds.Where(kind => isUnknown || kinds.Contains(kind)))
                {
                    found.Add(new(kind, KnownKind.IsClusterScoped(kind) ? null : @namespace, name.Groups["value"].Value));
                }
            }

            if (found.Count > MostNames)
            {
                break;
            }
        }

        return found;
    }

    private static string KindOf(string kind) => KnownKind.ItemKindOf(kind) ?? kind;

    [GeneratedRegex("""(?<![\w./-])kind["']?[ \t]*:[ \t]*["']?(?<kind>\w+)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Kind();

    [GeneratedRegex("""(?<![\w./-])metadata["']?[ \t]*:""", RegexOptions.ExplicitCapture)]
    private static partial Regex Metadata();

    // What ends the metadata of an object, in whatever order its parts are written.
    [GeneratedRegex("""(?<![\w./-])(metadata|spec|kind|apiVersion|data|stringData|endpoints|items)["']?[ \t]*:""", RegexOptions.ExplicitCapture)]
    private static partial Regex Sibling();

    [GeneratedRegex("""(?<![\w./-])name["']?[ \t]*:[ \t]*["']?(?<value>[a-z0-9]([a-z0-9.-]*[a-z0-9])?)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Name();

    [GeneratedRegex("""(?<![\w./-])namespace["']?[ \t]*:[ \t]*["']?(?<value>[a-z0-9]([a-z0-9-]*[a-z0-9])?)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Namespace();
}
