using System.Text;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Reading;
using Ingress.Routing.Kubernetes.Watching;
using Ingress.Routing.Model;

namespace Ingress.Routing.Kubernetes.Tests;

/// <summary>Objects are read as they are stored, and everything that routing does not need is left out.</summary>
public sealed class ReadingTests
{
    [Fact]
    public void Read_RecordedIngress_HasEverythingButWhatIsLeftOut()
    {
        var ingress = (IngressResource)Read(
            WatchedKind.Ingress,
            """
            {"kind":"Ingress","apiVersion":"networking.k8s.io/v1","metadata":{"name":"w1","namespace":"shop","uid":"f622f8fe","resourceVersion":"235","generation":7,
            "creationTimestamp":"2026-11-28T05:36:55Z","labels":{"a":"b"},"annotations":{"touch":"\u00e4\"1","kubectl.kubernetes.io/last-applied-configuration":"{}"},
            "managedFields":[{"manager":"unknown","fieldsV1":{"f:spec":{}}}]},
            "spec":{"ingressClassName":"ours","defaultBackend":{"resource":{"apiGroup":"x.test","kind":"K","name":"n"}},"tls":[{"hosts":["w1.test"],"secretName":"s"},{}],
            "rules":[{"host":"w1.test","http":{"paths":[{"path":"/","pathType":"Prefix","backend":{"service":{"name":"web","port":{"number":80}}}},{"pathType":"Exact"}]}},{"host":"none.test"}]},
            "status":{"loadBalancer":{"ingress":[{"ip":"203.0.113.10"},{"hostname":"lb.test","ports":[{"port":443,"protocol":"TCP"}]}]}}}
            """);
        Assert.Equal(("w1", "shop", "f622f8fe", "235", 7L), (ingress.Metadata.Name, ingress.Metadata.Namespace, ingress.Metadata.Uid, ingress.Metadata.ResourceVersion, ingress.Metadata.Generation));
        Assert.Equal(new DateTimeOffset(2026, 11, 28, 5, 36, 55, TimeSpan.Zero), ingress.Metadata.CreationTimestamp);
        Assert.Equal("b", ingress.Metadata.Labels["a"]);
        Assert.Equal(("touch", "ä\"1"), (Assert.Single(ingress.Metadata.Annotations).Key, ingress.Metadata.Annotations["touch"]));
        Assert.Equal("ours", ingress.IngressClassName);
        Assert.Equal(new TypedLocalObjectReference { ApiGroup = "x.test", Kind = "K", Name = "n" }, ingress.DefaultBackend!.Resource);
        Assert.Equal(["w1.test"], ingress.Tls[0].Hosts);
        Assert.Null(ingress.Tls[1].SecretName);
        Assert.Equal(IngressBackend.ForService("web", 80), ingress.Rules[0].Paths![0].Backend);
        Assert.Null(ingress.Rules[0].Paths![1].Backend);
        Assert.Null(ingress.Rules[1].Paths);
        Assert.Equal(["203.0.113.10", null], ingress.Status.LoadBalancer.Select(static address => address.Ip));
        Assert.Equal(443, ingress.Status.LoadBalancer[1].Ports.Single().Port);
    }

    [Theory]
    [InlineData("""{"metadata":{"name":"a","namespace":"b"},"spec":{"rules":[null]}}""")]
    [InlineData("""{"metadata":{"name":"a","namespace":"b","labels":null,"annotations":null},"spec":null,"status":null}""")]
    [InlineData("""{"unknown":[{"x":[1]}],"metadata":{"name":"a","unknown":{}}}""")]
    public void Read_NullsAndUnknownFields_AreNothing(string json) => Assert.Equal("a", Read(WatchedKind.Ingress, json).Metadata.Name);

    [Theory]
    [InlineData("""{"metadata":{"name":7}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":[]}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"rules":{}}}""")]
    [InlineData("""{"metadata":{"name":"a"},"spec":{"rules":[{"http":{"paths":[{"backend":{"service":{"port":{"number":"80"}}}}]}}]}}""")]
    [InlineData("""{"metadata":{}}""")]
    public void Read_WrongType_IsRefused(string json) => Assert.Throws<JsonException>(() => Read(WatchedKind.Ingress, json));

    [Fact]
    public void Read_Secret_IsDecodedAndNeverShown()
    {
        var secret = (SecretResource)Read(WatchedKind.Secret, """{"metadata":{"name":"a"},"type":"kubernetes.io/tls","data":{"tls.crt":"YWJj","empty":"","none":null}}""");
        Assert.Equal("abc", secret.CertificatePem);
        Assert.Equal(3, secret.Data.Count);
        Assert.DoesNotContain("hunter2", Assert.Throws<JsonException>(() => Read(WatchedKind.Secret, """{"metadata":{"name":"a"},"data":{"x":"hunter2!"}}""")).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9", "10", -1)]
    [InlineData("010", "10", 0)]
    [InlineData("123456789012345678901234567890", "99", 1)]
    [InlineData("a", "1", null)]
    [InlineData(null, "1", null)]
    public void Compare_Versions_AsNumbersOfAnyLength(string? x, string? y, int? expected)
        => Assert.Equal(expected, ResourceVersion.Compare(x, y) is { } sign ? (int?)Math.Sign(sign) : null);

    [Fact]
    public void StringPool_SameBytes_SameString()
    {
        var strings = new StringPool();
        Assert.Same(strings.Get("example.test"u8), strings.Get("example.test"u8));
        Assert.Equal("ä", strings.Get("ä"u8));
        Assert.Equal("", strings.Get(""u8));
    }

    private static KubernetesResource Read(WatchedKind kind, string json) => kind.Read(Encoding.UTF8.GetBytes(json), new());
}
