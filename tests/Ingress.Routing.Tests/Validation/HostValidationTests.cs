using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>Semantics 2.3: the host of a rule.</summary>
public sealed class HostValidationTests
{
    private const string Error = "spec.rules[1].host Invalid INGR004";

    [Theory]
    [InlineData(null)] // 2.3.1
    [InlineData("")]
    [InlineData("h")] // 2.3.3
    [InlineData("h.test")]
    [InlineData("0")]
    [InlineData("123")] // 2.3.2: no address to Go's parser
    [InlineData("1.2.3")]
    [InlineData("0x7f.1")]
    [InlineData("256.1.1.1")]
    [InlineData("1.2.3.4.5")]
    [InlineData("1.2.3.4a")]
    [InlineData("1.2.3.4-5")]
    [InlineData("xn--caf-dma.test")]
    [InlineData("a--b.test")]
    [InlineData("*.com")] // 2.3.4
    [InlineData("*.a.b.c")]
    [InlineData("*.1.2.3")]
    [InlineData("*.1.2.3.4")]
    public void Host_Valid(string? host) => FieldErrors.AssertAre(Of(host));

    [Theory]
    [InlineData("192.0.2.1")]
    [InlineData("0.0.0.0")]
    [InlineData("255.255.255.255")]
    [InlineData("01.02.03.04")] // 2.3.2: leading zeros allowed
    [InlineData("1.2.3.08")]
    [InlineData("001.002.003.004")]
    public void Host_IPv4Address(string host) => FieldErrors.AssertAre(Of(host), Error);

    [Theory]
    [InlineData("2001:db8::1")]
    [InlineData("::1")]
    [InlineData("::ffff:192.0.2.1")]
    public void Host_IPv6Literal_IsWrongTwice(string host) => FieldErrors.AssertAre(Of(host), Error, Error); // 2.3.5

    [Theory]
    [InlineData("[::1]")]
    [InlineData("H.test")]
    [InlineData("h_x.test")]
    [InlineData("h.test:80")]
    [InlineData("http://h.test")]
    [InlineData("h.test.")]
    [InlineData(".h.test")]
    [InlineData("h..test")]
    [InlineData("-h.test")]
    [InlineData("h-.test")]
    [InlineData("h.test/")]
    [InlineData("é.test")]
    [InlineData(" h.test")]
    [InlineData(" ")]
    [InlineData("h.test\n")]
    [InlineData("\u212a.test")]
    [InlineData(".")]
    [InlineData("192.0.2.1:80")]
    public void Host_Malformed(string host) => FieldErrors.AssertAre(Of(host), Error); // 2.3.3

    [Theory]
    [InlineData("*")]
    [InlineData("*.")]
    [InlineData("*.*.x")]
    [InlineData("a.*.x")]
    [InlineData("a*.x")]
    [InlineData("*a.x")]
    [InlineData("*x")]
    [InlineData("**.x")]
    [InlineData("*..x")]
    [InlineData("*.X")]
    [InlineData("*.x.")]
    [InlineData("x.*")]
    public void Host_MalformedWildcard(string host) => FieldErrors.AssertAre(Of(host), Error); // 2.3.4

    [Fact]
    public void Host_LabelLongerThan63_IsValid() => FieldErrors.AssertAre(Of(new string('a', 64) + ".test")); // 2.3.3

    [Fact]
    public void Host_Length_IsAtMost253()
    {
        FieldErrors.AssertAre(Of(new string('a', 253)));
        FieldErrors.AssertAre(Of(new string('a', 254)), Error);
        FieldErrors.AssertAre(Of("*." + new string('a', 251)));
        FieldErrors.AssertAre(Of("*." + new string('a', 252)), Error);
    }

    [Fact]
    public void Host_TooLongAndMalformed_IsWrongTwice()
    {
        FieldErrors.AssertAre(Of(new string('A', 254)), Error, Error);
        FieldErrors.AssertAre(Of("*." + new string('A', 252)), Error, Error);
    }

    private static IReadOnlyList<string> Of(string? host)
        => FieldErrors.Of(Some.Ingress("i", [Some.Rule("first.test", Some.Prefix("/")), Some.Rule(host, Some.Prefix("/"))]));
}
