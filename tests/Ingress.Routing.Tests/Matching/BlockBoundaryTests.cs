using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Matching;

/// <summary>Hosts and paths about as long as one block or several, where an end, a slash or a query falls just before or after the seam.</summary>
public sealed class BlockBoundaryTests
{
    private static readonly int[] s_lengths = [1, 2, 15, 16, 30, 31, 32, 33, 34, 61, 62, 63, 64, 65, 66, 95, 96, 97];

    [Theory]
    [InlineData(3)]
    [InlineData(40)]
    public void Match_LengthsAboutABlock_AgreesWithReference(int paths)
    {
        var random = new Random(paths);
        for (var round = 0; round < 60; round++)
        {
            var hosts = Enumerable.Range(0, 6).Select(_ => Host(random)).ToList();
            var ingresses = hosts.Select((host, i) => Some.Ingress($"t/i{i}", [Rule(random, host, paths)], ageSeconds: i)).ToArray();
            var table = IngressRouteTable.Compile(Some.Snapshot(ingresses));
            var reference = new ReferenceMatcher(Some.Snapshot(ingresses));
            for (var i = 0; i < 200; i++)
            {
                var host = Mutated(random, hosts[random.Next(hosts.Count)]);
                var known = ingresses[random.Next(ingresses.Length)].Rules[0].Paths!;
                var target = known[random.Next(known.Count)].Path + random.Next(6) switch { 0 => "/", 1 => "/x", 2 => "?q", 3 => "x", 4 => "/?", _ => "" };
                target = random.Next(4) == 0 ? target.Insert(random.Next(1, target.Length + 1), random.Next(3) switch { 0 => "?", 1 => "#", _ => "/" }) : target;

                var expected = reference.Match(host, target);
                var actual = ReferenceOutcome.Of(table.Match(host, target));

                Assert.True(expected == actual, $"{host} {target}: expected {expected}, not {actual}");
            }
        }
    }

    // 0x17F and U+212A fold to ASCII letters in other comparisons; the others have a low byte that is one.
    [Theory]
    [InlineData('\u0080')]
    [InlineData('\u017F')]
    [InlineData('\u0161')]
    [InlineData('\u212A')]
    [InlineData('\u2F61')]
    [InlineData('\uD861')]
    [InlineData('\uFF61')]
    [InlineData('\uFFE1')]
    [InlineData('\u007F')]
    public void Match_CharacterThatIsNotAscii_EqualsNone(char other)
    {
        foreach (var length in s_lengths.Where(static length => length > 2))
        {
            var host = new string('a', Math.Min(length, 60)) + ".test";
            var path = "/" + new string('a', length);
            var table = RouteTableAnswers.TableOf(Some.Ingress("t/i", [Some.Rule(host, Some.Prefix("/")), Some.Rule("b.test", Some.Exact(path), Some.Prefix("/"))]));
            for (var i = 0; i < length; i += 7)
            {
                Assert.Equal("400", table.Answer(Replaced(host, Math.Min(i, host.Length - 1), other), "/"));
                Assert.Equal("400", table.Answer("b.test", Replaced(path, i + 1, other)));
            }
        }
    }

    private static string Replaced(string text, int index, char other) => text.Remove(index, 1).Insert(index, other.ToString());

    private static string Host(Random random)
    {
        var name = Text(random, s_lengths[random.Next(s_lengths.Length)], '.') + "b";
        return random.Next(3) == 0 ? "*." + name : name;
    }

    private static IngressRule Rule(Random random, string host, int paths) => Some.Rule(host, [.. Enumerable.Range(0, paths).Select(_ =>
    {
        var path = "/" + Text(random, s_lengths[random.Next(s_lengths.Length)] - 1, '/');
        return random.Next(3) == 0 ? Some.Exact(path) : Some.Prefix(path);
    })]);

    // Few characters, and never two separators side by side nor one at the start: so most texts are prefixes of one another.
    private static string Text(Random random, int length, char separator)
    {
        var text = new char[Math.Max(length, 0)];
        for (var i = 0; i < text.Length; i++)
        {
            text[i] = i > 0 && text[i - 1] != separator && random.Next(12) == 0 ? separator : 'a';
        }

        return text is [.., '.'] ? new string('a', text.Length) : new string(text);
    }

    private static string Mutated(Random random, string host)
    {
        host = host.StartsWith('*') ? random.Next(4) switch { 0 => host[2..], 1 => host[1..], 2 => "a.a" + host[1..], _ => "a" + host[1..] } : host;
        return random.Next(6) switch { 0 => host.ToUpperInvariant(), 1 => host + ".", 2 => host + ":80", 3 => host + "x", _ => host };
    }
}
