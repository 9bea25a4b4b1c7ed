using System.Reflection;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Loads what requests would load later.</summary>
/// <remarks>
/// Each assembly keeps two files open. Where descriptors are few, those of the first requests would be the ones that connections were counted on
/// to have.
/// </remarks>
internal static class LateAssemblies
{
    private static readonly string[] s_names =
    [
        "Microsoft.AspNetCore.Diagnostics.Abstractions",
        "Microsoft.AspNetCore.Http.Extensions",
        "Microsoft.AspNetCore.Http.Features",
        "Microsoft.AspNetCore.Metadata",
        "Microsoft.AspNetCore.WebUtilities",
        "System.Collections.NonGeneric",
        "System.Diagnostics.StackTrace",
        "System.IO.Compression",
        "System.Net.NameResolution",
        "System.Net.Quic",
        "System.Net.Security",
        "System.Net.WebSockets",
        "System.Reflection.Metadata",
        "System.Runtime.Numerics",
        "System.Security.Claims",
        "System.Text.Encodings.Web",
    ];

    public static void Load()
    {
        foreach (var name in s_names)
        {
            try
            {
                Assembly.Load(name);
            }
            catch (IOException)
            {
                // Another version of the framework may do without it.
            }
        }
    }
}
