using System.Buffers;
using System.Text;
using Ingress.Routing.AspNetCore.Kestrel;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>A ClientHello in records and pieces of every kind (semantics 11.13).</summary>
public sealed class ClientHelloRecordsTests
{
    private const string Name = "shop.example.test";

    // GREASE (RFC 8701), an unknown extension, and an encrypted hello whose outer name counts.
    private static readonly byte[] s_hello = Hello(
        Extension(0x4A4A), Extension(0xFE0D, new byte[100]), ServerName(Name), Extension(0x7777, [1, 2, 3]), Extension(0xDADA, [0]));

    [Fact]
    public void Read_CutAtEveryPosition_GivesTheSameHello()
    {
        for (var first = 1; first < s_hello.Length - 5; first++)
        {
            var records = RecordCutter.CutAt(s_hello, first);
            Assert.Equal((true, Name), ReadInPieces(records, records.Length));
        }
    }

    [Fact]
    public void Read_EverySizeOfRecordsAndPieces_GivesTheSameHello()
    {
        for (var size = 1; size < 40; size++)
        {
            for (var piece = 1; piece < 40; piece++)
            {
                Assert.Equal((true, Name), ReadInPieces(RecordCutter.CutInto(s_hello, size), piece));
            }
        }
    }

    [Fact]
    public void Read_OneRecord_IsLeftToThePlatformAsSoonAsItsLengthIsKnown()
    {
        for (var length = 0; length <= s_hello.Length; length++)
        {
            Assert.Equal(length < 9 ? null : false, new ClientHelloRecords().Read(new(s_hello[..length])));
        }
    }

    [Fact]
    public void ToFewRecords_AnyCut_IsOneRecordAgain()
    {
        for (var size = 1; size < s_hello.Length - 5; size++)
        {
            var records = new ClientHelloRecords();
            Assert.True(records.Read(new(RecordCutter.CutInto(s_hello, size))));

            Assert.Equal(s_hello, records.ToFewRecords());
        }
    }

    [Fact]
    public void ToFewRecords_MoreThanOneHolds_IsInAsManyAsItTakes()
    {
        var hello = Hello(Extension(0x7777, new byte[40_000]), ServerName(Name));
        var records = new ClientHelloRecords();

        Assert.True(records.Read(new(RecordCutter.CutInto(hello, 1000))));
        Assert.Equal(RecordCutter.CutInto(hello, 16 * 1024), records.ToFewRecords());
        Assert.Equal(Name, ClientHelloReader.ServerNameOf(records.Body));
    }

    [Theory]
    [InlineData("8067010301004e0000001000")] // SSL 2
    [InlineData("15030100020228")] // an alert
    [InlineData("1603010000")] // a record without content
    [InlineData("16030100020200")] // another message
    [InlineData("160301ffff")] // a record that is too large
    [InlineData("1603010004010fffff")] // a hello that is too large
    [InlineData("474554202f20485454502f312e310d0a")]
    public void Read_AnythingElse_IsLeftToThePlatform(string hex)
        => Assert.False(new ClientHelloRecords().Read(new(Convert.FromHexString(hex))));

    [Fact]
    public void Read_RandomChanges_NeverThrow()
    {
        var random = new Random(1);
        for (var i = 0; i < 20_000; i++)
        {
            var changed = RecordCutter.CutInto(s_hello, random.Next(1, 60));
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            ReadInPieces(changed[..random.Next(1, changed.Length + 1)], random.Next(1, 50));
        }
    }

    // As a connection delivers them: each time a little more, and always from the beginning.
    private static (bool? IsSpread, string? Name) ReadInPieces(byte[] bytes, int piece)
    {
        var records = new ClientHelloRecords();
        for (var length = Math.Min(piece, bytes.Length); ; length = Math.Min(length + piece, bytes.Length))
        {
            if (records.Read(Sequence(bytes[..length], piece)) is { } isSpread)
            {
                return (isSpread, isSpread ? ClientHelloReader.ServerNameOf(records.Body) : null);
            }

            if (length == bytes.Length)
            {
                return (null, null);
            }
        }
    }

    private static ReadOnlySequence<byte> Sequence(byte[] bytes, int size)
    {
        Segment? first = null;
        Segment? last = null;
        foreach (var chunk in bytes.Chunk(size))
        {
            last = last is null ? first = new Segment(chunk, 0) : last.Append(chunk);
        }

        return first is null ? default : new(first, 0, last!, last!.Memory.Length);
    }

    private static byte[] Hello(params byte[][] extensions)
    {
        byte[] body = [3, 3, .. new byte[32], 32, .. new byte[32], .. Vector16([0x1A, 0x1A, 0x13, 0x01]), 1, 0, .. Vector16([.. extensions.SelectMany(static part => part)])];
        byte[] message = [1, (byte)(body.Length >> 16), (byte)(body.Length >> 8), (byte)body.Length, .. body];
        return [22, 3, 1, (byte)(message.Length >> 8), (byte)message.Length, .. message];
    }

    private static byte[] ServerName(string name) => Extension(0, Vector16([0, .. Vector16(Encoding.ASCII.GetBytes(name))]));

    private static byte[] Extension(int type, byte[]? content = null) => [(byte)(type >> 8), (byte)type, .. Vector16(content ?? [])];

    private static byte[] Vector16(byte[] content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            var next = new Segment(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
