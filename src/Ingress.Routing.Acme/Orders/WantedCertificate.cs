using System.Security.Cryptography;
using System.Text;
using Ingress.Routing.Model;

namespace Ingress.Routing.Acme.Orders;

/// <summary>Names that are to have a certificate, and who wants it.</summary>
/// <param name="Id">What it is called in the storage.</param>
/// <param name="Names">The names in lower case, in order.</param>
/// <param name="Ingress">The Ingress that has them.</param>
/// <param name="Field">Where it has them.</param>
/// <param name="Location">Where that was written.</param>
internal sealed record WantedCertificate(string Id, IReadOnlyList<string> Names, ResourceReference Ingress, string Field, SourceLocation? Location)
{
    private const int MostChars = 160;

    public static WantedCertificate Of(IEnumerable<string> names, ResourceReference ingress, string field, SourceLocation? location)
    {
        string[] ordered = [.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return new(IdOf(ordered), ordered, ingress, field, location);
    }

    /// <summary>Whether two are for the same names.</summary>
    public static bool HaveSameNames(IReadOnlyList<string> names, IReadOnlyList<string> others)
        => names.Count == others.Count && names.All(name => others.Contains(name, StringComparer.Ordinal));

    // Readable where it can be, and always a name that a file and a Secret can have.
    private static string IdOf(string[] names)
    {
        var name = names[0].StartsWith('*') ? string.Concat("wildcard", names[0].AsSpan(1)) : names[0];
        var isPlain = names.Length == 1 && name == names[0] && name.Length <= MostChars && !name.StartsWith("wildcard.", StringComparison.Ordinal);
        if (isPlain)
        {
            return name;
        }

        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Join(' ', names))).AsSpan(0, 8));
        return $"{name[..Math.Min(name.Length, MostChars)].TrimEnd('.')}.{hash}";
    }
}
