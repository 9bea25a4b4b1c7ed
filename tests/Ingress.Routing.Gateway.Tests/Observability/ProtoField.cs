using System.Buffers.Binary;
using System.Text;

namespace Ingress.Routing.Gateway.Tests.Observability;

/// <summary>One field of a protobuf message.</summary>
internal readonly record struct ProtoField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes)
{
    public string Text => Encoding.UTF8.GetString(Bytes.Span);

    public static IEnumerable<ProtoField> Read(ReadOnlyMemory<byte> message)
    {
        var fields = new List<ProtoField>();
        var rest = message;
        while (!rest.IsEmpty)
        {
            var key = Varint(ref rest);
            var number = (int)(key >> 3);
            switch (key & 7)
            {
                case 0:
                    fields.Add(new(number, Varint(ref rest), default));
                    break;

                case 1:
                    fields.Add(new(number, BinaryPrimitives.ReadUInt64LittleEndian(rest.Span), default));
                    rest = rest[8..];
                    break;

                case 2:
                    var length = (int)Varint(ref rest);
                    fields.Add(new(number, 0, rest[..length]));
                    rest = rest[length..];
                    break;

                case 5:
                    fields.Add(new(number, BinaryPrimitives.ReadUInt32LittleEndian(rest.Span), default));
                    rest = rest[4..];
                    break;

                default:
                    throw new InvalidDataException($"Wire type {key & 7}.");
            }
        }

        return fields;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> rest)
    {
        ulong value = 0;
        for (var shift = 0; ; shift += 7)
        {
            var next = rest.Span[0];
            rest = rest[1..];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
