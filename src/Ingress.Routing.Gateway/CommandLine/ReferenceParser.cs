using System.Diagnostics.CodeAnalysis;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary>Says what is wrong with a <c>namespace/name</c> or <c>namespace/name:port</c> of the command line.</summary>
/// <remarks>The grammar is that of the core. Whether the object exists is for the compiler to say.</remarks>
internal static class ReferenceParser
{
    public static bool TryParseName(string text, out NamespacedName name) => NamespacedName.TryParse(text, null, out name);

    public static bool TryParse(string text, [NotNullWhen(true)] out ServiceReference? service) => ServiceReference.TryParse(text, null, out service);

    /// <summary>Says what is wrong with a text that <see cref="TryParseName"/> refuses.</summary>
    public static string ProblemOfName(string text) => ProblemOf<NamespacedName>(text);

    /// <summary>Says what is wrong with a text that <see cref="TryParse"/> refuses.</summary>
    public static string ProblemOf(string text) => ProblemOf<ServiceReference>(text);

    private static string ProblemOf<T>(string text)
        where T : IParsable<T>
    {
        try
        {
            _ = T.Parse(text, null);
            return "";
        }
        catch (FormatException exception)
        {
            return exception.Message;
        }
    }
}
