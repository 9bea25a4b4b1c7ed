namespace Ingress.Routing.Tls;

/// <summary>The tags of DER that certificates and keys are made of.</summary>
internal static class DerTag
{
    public const byte Boolean = 0x01;
    public const byte Integer = 0x02;
    public const byte BitString = 0x03;
    public const byte OctetString = 0x04;
    public const byte Null = 0x05;
    public const byte Oid = 0x06;
    public const byte Utf8String = 0x0C;
    public const byte PrintableString = 0x13;
    public const byte IA5String = 0x16;
    public const byte UtcTime = 0x17;
    public const byte GeneralizedTime = 0x18;
    public const byte Sequence = 0x30;
    public const byte Set = 0x31;

    /// <summary>A primitive element of a choice.</summary>
    public static byte Choice(int number) => (byte)(0x80 | number);

    /// <summary>An element that holds another one.</summary>
    public static byte Around(int number) => (byte)(0xA0 | number);
}
