using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;

namespace Ingress.Routing.Tls;

/// <summary>A curve, and whether the two halves of a key on it belong together.</summary>
/// <remarks>
/// The platform computes the point: for P-256 in 140 µs, where it takes 280 to import the key with its point, and as long again for that
/// of the certificate.
/// </remarks>
/// <param name="curve">The curve.</param>
/// <param name="size">The bytes of a coordinate.</param>
/// <param name="order">The number of points, in hexadecimal digits.</param>
internal sealed class EcKey(ECCurve curve, int size, string order)
{
    private static readonly EcKey s_p256 = new(
        ECCurve.NamedCurves.nistP256, 32, "0ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

    private static readonly EcKey s_p384 = new(
        ECCurve.NamedCurves.nistP384,
        48,
        "0ffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973");

    private static readonly EcKey s_p521 = new(
        ECCurve.NamedCurves.nistP521,
        66,
        "01fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffa51868783bf2f966b7fcc0148f709a5d03bb5c9b8899c47aebb6fb71e91386409");

    private readonly BigInteger _order = BigInteger.Parse(order, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <summary>The curve with an object identifier; null when the platform has to know it.</summary>
    public static EcKey? Find(ReadOnlySpan<byte> oid)
        => oid.SequenceEqual(DerOid.P256) ? s_p256 : oid.SequenceEqual(DerOid.P384) ? s_p384 : oid.SequenceEqual(DerOid.P521) ? s_p521 : null;

    /// <param name="point">The public key, not compressed.</param>
    /// <param name="privateKey">An ECPrivateKey.</param>
    /// <param name="oid">The object identifier of this curve.</param>
    /// <param name="isNamed">Whether something around the key names the curve already.</param>
    /// <returns>Whether it is certain that they belong together.</returns>
    public bool Fits(ReadOnlySpan<byte> point, ReadOnlySpan<byte> privateKey, ReadOnlySpan<byte> oid, bool isNamed)
    {
        if (point.Length != 1 + (2 * size)
            || point[0] != 4
            || !DerReader.TryOpen(privateKey, DerTag.Sequence, out var reader)
            || !reader.TryReadVersion(1)
            || !reader.TryRead(DerTag.OctetString, out var scalar)
            || scalar.Length != size)
        {
            return false;
        }

        if (reader.NextTag == DerTag.Around(0))
        {
            isNamed = reader.TryOpen(DerTag.Around(0), out var parameters)
                && parameters.TryReadOid(out var curveOfKey)
                && parameters.IsEmpty
                && curveOfKey.SequenceEqual(oid);
            if (!isNamed)
            {
                return false;
            }
        }

        if (reader.NextTag == DerTag.Around(1)
            && !(reader.TryOpen(DerTag.Around(1), out var bits) && bits.TryReadBytesOfBits(out var ownPoint) && bits.IsEmpty && ownPoint.SequenceEqual(point)))
        {
            return false;
        }

        return isNamed && reader.IsEmpty && IsPointOf(scalar, point);
    }

    private bool IsPointOf(ReadOnlySpan<byte> scalar, ReadOnlySpan<byte> point)
    {
        var number = new BigInteger(scalar, isUnsigned: true, isBigEndian: true);
        if (number.IsZero || number >= _order)
        {
            return false;
        }

        var parameters = new ECParameters { Curve = curve, D = scalar.ToArray() };
        try
        {
            using var key = ECDsa.Create(parameters);
            var computed = key.ExportParameters(includePrivateParameters: false).Q;
            return point[1..(1 + size)].SequenceEqual(computed.X) && point[(1 + size)..].SequenceEqual(computed.Y);
        }
        catch (Exception exception) when (exception is CryptographicException or NotSupportedException)
        {
            // Some platforms do not compute the point.
            return false;
        }
        finally
        {
            CryptographicOperations.ZeroMemory(parameters.D);
        }
    }
}
