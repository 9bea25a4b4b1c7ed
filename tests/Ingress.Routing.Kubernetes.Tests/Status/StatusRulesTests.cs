using Ingress.Routing.Kubernetes.Status;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Kubernetes.Tests.Status;

public sealed class StatusRulesTests
{
    private static readonly AddressSet s_ours = Set("203.0.113.7", "lb.example.test");
    private static readonly TimeSpan s_longAgo = TimeSpan.FromHours(1);

    [Fact]
    public void Decide_EmptyStatus_WritesTheAddresses()
        => Assert.Equal(s_ours, Decide(Ingress(), IngressStanding.Served, s_ours).Write);

    [Fact]
    public void Decide_SameAddressesInAnotherOrderAndSpelling_WritesNothing()
        => Assert.Null(Decide(Ingress("LB.example.test", "203.0.113.7"), IngressStanding.Served, s_ours).Write);

    [Fact]
    public void Decide_IPv6InAnotherSpelling_WritesNothing()
        => Assert.Null(Decide(Ingress("2001:db8:0:0:0:0:0:1"), IngressStanding.Served, Set("2001:db8::1")).Write);

    [Fact]
    public void Decide_AddressesNotKnown_LeavesWhatIsThere()
    {
        Assert.Null(Decide(Ingress("198.51.100.1"), IngressStanding.Served, AddressSet.None).Write);
        Assert.Null(Decide(Ingress(), IngressStanding.Served, AddressSet.None).Write);
    }

    [Fact]
    public void Decide_Rejected_WritesNothing()
    {
        Assert.Null(Decide(Ingress(), IngressStanding.Rejected, s_ours).Write);
        var served = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Served, s_ours).Remember;
        Assert.Null(Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Rejected, s_ours, served).Write);
    }

    [Fact]
    public void Decide_NowOfAnotherController_TakesOursOut()
    {
        var served = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Served, s_ours).Remember;

        var step = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Foreign, s_ours, served);

        Assert.Equal(AddressSet.None, step.Write);
    }

    [Fact]
    public void Decide_NowOfAnotherControllerThatHasWritten_LeavesIt()
    {
        var served = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Served, s_ours).Remember;

        Assert.Null(Decide(Ingress("198.51.100.1"), IngressStanding.Foreign, s_ours, served).Write);
    }

    [Fact]
    public void Decide_NeverOurs_LeavesEvenOurAddresses()
        => Assert.Null(Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Foreign, s_ours).Write);

    [Fact]
    public void Decide_AnotherObjectOfTheSameName_OwesNothingToTheFirst()
    {
        var served = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Served, s_ours).Remember;
        var other = Ingress("203.0.113.7", "lb.example.test");
        other = other with { Metadata = other.Metadata with { Uid = "other" } };

        Assert.Null(Decide(other, IngressStanding.Foreign, s_ours, served).Write);
    }

    [Fact]
    public void Decide_PatchIsNotBackYet_Waits()
    {
        var memory = new StatusMemory { Uid = "uid", Ours = s_ours, WrittenAt = 1, PatchedVersion = "7" };

        Assert.Null(Decide(Ingress(), IngressStanding.Served, s_ours, memory, s_longAgo).Write);
    }

    [Fact]
    public void Decide_Overwritten_WritesAgainAfterAMinute()
    {
        var memory = new StatusMemory { Uid = "uid", Ours = s_ours, WrittenAt = 1, PatchedVersion = "6" };

        var soon = Decide(Ingress("198.51.100.1"), IngressStanding.Served, s_ours, memory, TimeSpan.FromSeconds(20));
        Assert.Null(soon.Write);
        Assert.True(soon.IsOverwritten);
        Assert.Equal(TimeSpan.FromSeconds(40), soon.LookAgainAfter);

        Assert.Equal(s_ours, Decide(Ingress("198.51.100.1"), IngressStanding.Served, s_ours, memory, TimeSpan.FromSeconds(60)).Write);
    }

    [Fact]
    public void Decide_OtherAddresses_WritesAtOnce()
    {
        var memory = new StatusMemory { Uid = "uid", Ours = s_ours, WrittenAt = 1, PatchedVersion = "6" };

        var step = Decide(Ingress("203.0.113.7", "lb.example.test"), IngressStanding.Served, Set("203.0.113.9"), memory, TimeSpan.FromSeconds(1));

        Assert.Equal(Set("203.0.113.9"), step.Write);
        Assert.False(step.IsOverwritten);
    }

    [Fact]
    public void Decide_Refused_WaitsForAnotherVersionOrAddress()
    {
        var memory = new StatusMemory { Uid = "uid", Refused = ("7", s_ours) };

        Assert.Null(Decide(Ingress(), IngressStanding.Served, s_ours, memory).Write);
        Assert.NotNull(Decide(Ingress(), IngressStanding.Served, Set("203.0.113.9"), memory).Write);
        var newer = Ingress();
        newer = newer with { Metadata = newer.Metadata with { ResourceVersion = "8" } };
        Assert.NotNull(Decide(newer, IngressStanding.Served, s_ours, memory).Write);
    }

    [Theory]
    [InlineData("203.0.113.7", true, "203.0.113.7")]
    [InlineData("2001:DB8::1", true, "2001:db8::1")]
    [InlineData("LB.Example.test", false, "lb.example.test")]
    [InlineData("localhost", false, "localhost")]
    public void TryParse_AddressOrName_IsOne(string text, bool isIp, string value)
    {
        Assert.True(StatusAddress.TryParse(text, out var address));
        Assert.Equal((isIp, value), (address.IsIp, address.Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("0x7f.1")]
    [InlineData("203.0.113.07")]
    [InlineData("fe80::1%eth0")]
    [InlineData("a_b.example.test")]
    [InlineData("lb.example.test.")]
    [InlineData("-a.example.test")]
    public void TryParse_Neither_IsNone(string text) => Assert.False(StatusAddress.TryParse(text, out _));

    internal static AddressSet Set(params string[] addresses) => new(addresses.Select(static text =>
    {
        Assert.True(StatusAddress.TryParse(text, out var address), text);
        return address;
    }));

    private static StatusStep Decide(
        IngressResource ingress, IngressStanding standing, AddressSet addresses, StatusMemory? memory = null, TimeSpan sinceWritten = default)
        => StatusRules.Decide(ingress, standing, addresses, memory, sinceWritten);

    private static IngressResource Ingress(params string[] addresses)
    {
        var ingress = Some.Ingress("shop/web");
        return ingress with
        {
            Metadata = ingress.Metadata with { Uid = "uid", ResourceVersion = "7" },
            Status = new()
            {
                LoadBalancer =
                [
                    .. addresses.Select(static text => char.IsAsciiLetter(text[0]) ? new LoadBalancerIngress { Hostname = text } : new() { Ip = text }),
                ],
            },
        };
    }
}
