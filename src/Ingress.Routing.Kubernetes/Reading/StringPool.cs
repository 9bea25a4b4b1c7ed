using System.Text;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Makes strings of UTF-8, and gives the same string for the same bytes where it remembers them.</summary>
/// <remarks>
/// Ten thousand Ingresses have the same few keys, classes and Services. Each string has one place, and takes it from the one that was there, so
/// nothing grows. Thread-safe without a lock: a place is read and written at once, and what was lost in a race is made again.
/// </remarks>
internal sealed class StringPool
{
    private const int Longest = 64;

    private readonly string?[] _places = new string?[16 * 1024];

    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
        {
            return "";
        }

        if (utf8.Length > Longest)
        {
            return Encoding.UTF8.GetString(utf8);
        }

        ref var place = ref _places[Hash(utf8) & (_places.Length - 1)];
        var known = Volatile.Read(ref place);
        if (known is not null && known.Length == utf8.Length && Ascii.Equals(utf8, known))
        {
            return known;
        }

        var text = Encoding.UTF8.GetString(utf8);
        Volatile.Write(ref place, text);
        return text;
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619;
        }

        return (int)(hash ^ (hash >> 15));
    }
}
