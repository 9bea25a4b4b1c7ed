using System.Buffers;
using System.Net.Security;
using System.Security.Authentication;
using Ingress.Routing.AspNetCore.Kestrel;

namespace Ingress.Routing.AspNetCore.Tests.Kestrel;

public sealed class ClientHelloReaderTests
{
    private const string RsaSuite = "C02F";
    private const string EcdsaSuite = "C02B";
    private const string Tls13Suite = "1301";

    // rsa_pss_rsae_sha256 and rsa_pkcs1_sha256; ecdsa_secp256r1_sha256; ed25519.
    private const string RsaSchemes = "0804 0401";
    private const string EcdsaSchemes = "0403";
    private const string OtherSchemes = "0807";

    [Theory]
    [InlineData(RsaSuite + EcdsaSuite, RsaSchemes + EcdsaSchemes, false, CertificateKeyKinds.All)]
    [InlineData(RsaSuite + EcdsaSuite, RsaSchemes, false, CertificateKeyKinds.Rsa)]
    [InlineData(RsaSuite + EcdsaSuite, EcdsaSchemes, false, CertificateKeyKinds.Ecdsa)]
    [InlineData(RsaSuite, RsaSchemes + EcdsaSchemes, false, CertificateKeyKinds.Rsa)]
    [InlineData(EcdsaSuite, RsaSchemes + EcdsaSchemes, false, CertificateKeyKinds.Ecdsa)]
    [InlineData("00FF" + EcdsaSuite + "0A0A", RsaSchemes + EcdsaSchemes, false, CertificateKeyKinds.Ecdsa)]
    [InlineData(Tls13Suite, EcdsaSchemes, true, CertificateKeyKinds.Ecdsa)]
    [InlineData(Tls13Suite + EcdsaSuite, RsaSchemes, true, CertificateKeyKinds.Rsa)]
    [InlineData(Tls13Suite, RsaSchemes + EcdsaSchemes, true, CertificateKeyKinds.All)]
    [InlineData(Tls13Suite, OtherSchemes, true, CertificateKeyKinds.All)]
    [InlineData(RsaSuite, EcdsaSchemes, false, CertificateKeyKinds.All)]
    [InlineData(RsaSuite, null, false, CertificateKeyKinds.Rsa)]
    public void Read_SchemesAndSuites_SayWhichKeysTheClientTakes(string suites, string? schemes, bool tls13, CertificateKeyKinds expected)
        => Assert.Equal(expected, ClientHelloReader.Read(new(Hello(suites, schemes, tls13))));

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void Read_SpreadOverRecords_IsPutTogether(int size)
    {
        var hello = Hello(RsaSuite, RsaSchemes, false)[5..];
        byte[] records = [.. hello.Chunk(size).SelectMany(static part => (byte[])[22, 3, 1, 0, (byte)part.Length, .. part])];

        Assert.Equal(CertificateKeyKinds.Rsa, ClientHelloReader.Read(new(records)));
        Assert.Null(ClientHelloReader.Read(new(records[..^1])));
    }

    [Fact]
    public void Read_EveryPrefix_WaitsForMore()
    {
        var hello = Hello(RsaSuite + EcdsaSuite, EcdsaSchemes, true);

        Assert.All(Enumerable.Range(0, hello.Length), length => Assert.Null(ClientHelloReader.Read(new(hello[..length]))));
        Assert.Equal(CertificateKeyKinds.Ecdsa, ClientHelloReader.Read(new([.. hello, 20, 3, 3, 0, 1, 1])));
    }

    [Theory]
    [InlineData("GET / HTTP/1.1\r\n\r\n")]
    [InlineData("\u0016\u0003\u0001\0\0")]
    [InlineData("\u0016\u0003\u0001\0\u0001\u0002")]
    public void Read_NoClientHello_IsLeftToTheTlsStack(string text)
        => Assert.Equal(CertificateKeyKinds.All, ClientHelloReader.Read(new(System.Text.Encoding.Latin1.GetBytes(text))));

    [Fact]
    public void Read_HelloWithoutEnd_IsNotWaitedForForever()
    {
        byte[] record = [22, 3, 1, 0x3F, 0xFF, 1, 0xFF, 0xFF, 0xFF, .. new byte[0x3FFF - 4]];

        Assert.Null(ClientHelloReader.Read(new(record[..1000])));
        Assert.Equal(CertificateKeyKinds.All, ClientHelloReader.Read(new([.. record, .. record])));
    }

    [Fact]
    public void Read_RandomChanges_NeverThrow()
    {
        var random = new Random(1);
        var hello = Hello(RsaSuite + EcdsaSuite + Tls13Suite, RsaSchemes + EcdsaSchemes, true);
        for (var i = 0; i < 20_000; i++)
        {
            var changed = (byte[])hello.Clone();
            for (var j = random.Next(1, 4); j > 0; j--)
            {
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
            }

            ClientHelloReader.Read(new(changed[..random.Next(changed.Length + 1)]));
        }
    }

    // What the platform itself sends, so that this is not only about texts of our own.
    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Read_HelloOfThePlatform_TakesBothKinds(SslProtocols version)
    {
        using var sent = new RecordingStream();
        await using var stream = new SslStream(sent);
        await Assert.ThrowsAnyAsync<Exception>(() => stream.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = "a.test", EnabledSslProtocols = version }));

        Assert.Equal(CertificateKeyKinds.All, ClientHelloReader.Read(new ReadOnlySequence<byte>(sent.ToArray())));
    }

    private static byte[] Hello(string suites, string? schemes, bool tls13)
    {
        List<byte> extensions = [0, 0, 0, 2, 0, 0];
        if (schemes is not null)
        {
            extensions.AddRange([0, 13, .. Vector16(Vector16(Bytes(schemes)))]);
        }

        if (tls13)
        {
            extensions.AddRange([0, 43, .. Vector16([4, 3, 4, 3, 3])]);
        }

        byte[] body = [3, 3, .. new byte[32], 0, .. Vector16(Bytes(suites)), 1, 0, .. Vector16([.. extensions])];
        return [22, 3, 1, .. Vector16([1, 0, .. Vector16(body)])];
    }

    private static byte[] Bytes(string text) => Convert.FromHexString(text.Replace(" ", "", StringComparison.Ordinal));

    private static byte[] Vector16(byte[] content) => [(byte)(content.Length >> 8), (byte)content.Length, .. content];

    private sealed class RecordingStream : MemoryStream
    {
        public override int Read(byte[] buffer, int offset, int count) => 0;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(0);
    }
}
