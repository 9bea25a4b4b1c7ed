using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Properties;

/// <summary>Hosts and targets as attackers send them: mutations of real ones, from a fixed seed.</summary>
public sealed class MatchFuzzTests
{
    private const int Rounds = 60_000;

    private const string Alphabet = "ab/.%2eEfF05C;:?#@[]*\\ \t\n\r\0\u007f\u0080\u212aé\ud83d\ude00-_~!$&'()+,=<>\"^`{|}";

    private static readonly string[] s_hosts =
    [
        "a.h.test", "b.h.test", "h.test", "A.H.TEST", "a.h.test:8080", "a.h.test.", "a.h.test.:80", "xn--caf-dma.test",
        "192.0.2.1", "192.0.2.1:80",
        "[2001:db8::1]", "[2001:db8::1]:8080", "", "a..h.test", ".h.test", "_x.h.test", new string('a', 300) + ".test", "1.2.3.4.5.6.7.8",
    ];

    private static readonly string[] s_targets =
    [
        "/", "/a", "/a/", "/a/b", "/a/b/c?x=1", "/a/../b", "/a/%2e%2e/b", "/a/..%2fb", "/a%2Fb", "/%61", "/caf%C3%A9",
        "//a//b", "/a;x=1/b", "/a//../b",
        "/..", "/../../etc/passwd", "/%252e%252e/", "/a%00", "/%zz", "/a#b", "*", "http://a.h.test/a/b",
        "https://a.h.test", "http://u:p@a.h.test:80/a",
        "/.well-known/acme-challenge/x", "/" + new string('a', 300),
        string.Concat(Enumerable.Repeat("/..", 60)), string.Concat(Enumerable.Repeat("/a", 60)),
    ];

    [Fact]
    public void Match_MutatedRequests_AgreeWithReferenceAndNeverThrow()
    {
        var snapshot = Some.Snapshot(
            Some.Ingress("exact", [Some.Rule("a.h.test", Some.Prefix("/a"), Some.Exact("/a/b"), Some.Prefix("/café"))]),
            Some.Ingress(
                "wildcard", [Some.Rule("*.h.test", Some.Prefix("/b"), Some.ImplementationSpecific("/a%2Fb"))], Some.Backend("web")),
            Some.Ingress("hostless", [Some.Rule(null, Some.Prefix("/etc"), Some.Prefix("/a/"))]));
        var table = IngressRouteTable.Compile(snapshot);
        var reference = new ReferenceMatcher(snapshot);
        var random = new Random(20_251_123);

        for (var i = 0; i < Rounds; i++)
        {
            var host = Mutate(s_hosts[random.Next(s_hosts.Length)], random);
            var target = Mutate(s_targets[random.Next(s_targets.Length)], random);

            var actual = ReferenceOutcome.Of(table.Match(host, target));
            var expected = reference.Match(host, target);
            if (actual != expected || actual != ReferenceOutcome.Of(table.Match(host, target)))
            {
                Assert.Fail($"round {i}: {Escape(target)} Host: {Escape(host)}\n  the reference says {expected}\n  the table says     {actual}");
            }
        }
    }

    [Fact]
    public void FindCertificate_MutatedServerNames_NeverThrow()
    {
        var table = IngressRouteTable.Compile(new()
        {
            Ingresses = [Some.Ingress("t/i", defaultBackend: Some.Backend("web"), tls: [Some.Tls("crt", "a.h.test", "*.h.test")])],
            Secrets = [TestCertificates.Secret("t/crt", "a.h.test", "*.h.test")],
        });
        var random = new Random(20_251_124);

        for (var i = 0; i < Rounds; i++)
        {
            var name = Mutate(s_hosts[random.Next(s_hosts.Length)], random);

            Assert.Same(table.FindCertificate(name), table.FindCertificate(name));
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var count = random.Next(4); count > 0; count--)
        {
            var at = random.Next(text.Length + 1);
            var c = Alphabet[random.Next(Alphabet.Length)];
            text = random.Next(4) switch
            {
                0 => text.Insert(at, c.ToString()),
                1 when at < text.Length => text.Remove(at, 1),
                2 when at < text.Length => text.Remove(at, 1).Insert(at, c.ToString()),
                _ => text + text[at..],
            };
        }

        return text;
    }

    private static string Escape(string text)
        => string.Concat(text.Select(c => c is > ' ' and < '\x7f' ? c.ToString() : $"\\u{(int)c:x4}"));
}
