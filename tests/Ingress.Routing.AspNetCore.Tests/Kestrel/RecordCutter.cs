namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

/// <summary>Passes on what a TLS client writes, its ClientHello in records of other sizes.</summary>
/// <param name="inner">The connection.</param>
/// <param name="cut">Makes records of the bytes of the hello.</param>
internal sealed class RecordCutter(Stream inner, Func<byte[], byte[]> cut) : Stream
{
    private bool _isCut;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Cuts one record into two, after some bytes.</summary>
    public static byte[] CutAt(byte[] record, int position)
        => [.. Record(record, record[5..(5 + position)]), .. Record(record, record[(5 + position)..])];

    /// <summary>Cuts one record into many of a size.</summary>
    public static byte[] CutInto(byte[] record, int size) => [.. record[5..].Chunk(size).SelectMany(part => Record(record, part))];

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var bytes = _isCut ? buffer : cut(buffer.ToArray());
        _isCut = true;
        await inner.WriteAsync(bytes, cancellationToken);
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        => inner.ReadAsync(buffer, cancellationToken);

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
        => inner.ReadAsync(buffer, offset, count, cancellationToken);

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Record(byte[] original, byte[] content)
        => [.. original[..3], (byte)(content.Length >> 8), (byte)content.Length, .. content];
}
