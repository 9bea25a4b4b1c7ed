using System.Security.Cryptography;

namespace Ingress.Routing.Tls;

/// <summary>The blocks of a PEM text, one after the other, found as the platform finds them: whatever stands between them is skipped.</summary>
internal ref struct PemBlocks(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>Finds the next block with a label.</summary>
    /// <param name="label">The label.</param>
    /// <param name="otherLabel">One that will do as well.</param>
    /// <param name="isOther">Whether it has the second.</param>
    /// <param name="base64">Its content, well-formed.</param>
    public bool TryFind(string label, string otherLabel, out bool isOther, out ReadOnlySpan<char> base64)
    {
        while (PemEncoding.TryFind(_rest, out var fields))
        {
            var found = _rest[fields.Label];
            base64 = _rest[fields.Base64Data];
            _rest = _rest[fields.Location.End..];
            isOther = found.SequenceEqual(otherLabel);
            if (isOther || found.SequenceEqual(label))
            {
                return true;
            }
        }

        isOther = false;
        base64 = default;
        return false;
    }
}
