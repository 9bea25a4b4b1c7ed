using System.Diagnostics;
using System.Globalization;
using Ingress.Routing.Diagnostics;

namespace Ingress.Routing.Manifests.Tests;

/// <summary>Mutations of manifests: nothing throws, nothing hangs, every diagnostic has a place in the text.</summary>
/// <remarks>INGRESS_FUZZ_SECONDS makes it run longer, with another seed each time.</remarks>
public sealed class FuzzTests
{
    private const string Sentinel = "SENTINEL";

    private static readonly string[] s_seeds =
    [
        Manifest.Ingress(metadata: "annotations:\n  a/b: 'c'\n  d: |\n    e\n  f: >-\n    g\n    h\nlabels: {x: y}", spec: "tls:\n- hosts: [a.example]\n  secretName: s"),
        "%YAML 1.1\n--- # start\napiVersion: v1\nkind: List\nitems:\n- &a {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {ports: [{port: 80}]}}\n- *a\n- <<: *a\n  metadata: {name: b}\n...\n",
        "{\"apiVersion\": \"networking.k8s.io/v1\", \"kind\": \"IngressClass\",\n\t\"metadata\": {\"name\": \"\\u00e4\"}, \"spec\": {\"controller\": \"a.b/c\"}}\n{\"kind\": 1}\n",
        "apiVersion: discovery.k8s.io/v1\nkind: EndpointSlice\nmetadata:\n  name: a\n  creationTimestamp: 2026-01-31T12:00:00Z\nendpoints:\n- addresses:\n  - 10.0.0.1\n  conditions: {ready: yes}\nports: [{port: 0x50, name: ~}]\n",
        $"apiVersion: v1\nkind: Secret\ntype: kubernetes.io/tls\nmetadata: {{name: s}}\ndata: {{tls.crt: e30=, tls.key: {Sentinel}=}}\nstringData:\n  tls.key: |\n    {Sentinel}\n",
        "apiVersion: extensions/v1beta1\nkind: Ingress\nspec: {backend: {serviceName: a, servicePort: 80}}\n---\nkind: Deployment\napiVersion: apps/v1\n---\n? a\n: b\n",
    ];

    private static readonly string[] s_fragments =
    [
        "---\n", "...", "- ", ": ", "? ", "&a ", "*a", "<<: *a", "!!str ", "!!int ", "!x", "{", "}", "[", "]", "'", "\"", "|", ">-", "#", "%", "@", "`", "\t", "\r", "\n", " ", "  ",
        "\0", "\uFEFF", "\uD800", "\u0085", "\u2028", "\\", "\\x", "~", "null", "yes", "010", "1e999", "-0", "\U0001F600", "kind", "items", "spec", "[[[[[[[[[[", "{a: ", ",", "=",
    ];

    [Fact]
    public void Parse_MutatedText_NeverThrowsAndStaysFast()
    {
        var seconds = double.Parse(Environment.GetEnvironmentVariable("INGRESS_FUZZ_SECONDS") ?? "3", CultureInfo.InvariantCulture);
        var seed = seconds > 3 ? Environment.TickCount : 20_261_123;
        var random = new Random(seed);
        var start = Stopwatch.GetTimestamp();
        var slowest = TimeSpan.Zero;
        var cases = 0;
        var read = 0;
        var ids = new SortedDictionary<string, int>(StringComparer.Ordinal);
        while (Stopwatch.GetElapsedTime(start).TotalSeconds < seconds)
        {
            var text = Mutate(random, s_seeds[random.Next(s_seeds.Length)]);
            var caseStart = Stopwatch.GetTimestamp();
            var result = Parse(text, random.Next(4) == 0 ? "m.json" : "m.yaml", seed);
            var elapsed = Stopwatch.GetElapsedTime(caseStart);
            slowest = elapsed > slowest ? elapsed : slowest;
            Check(result, text);
            cases++;
            read += result.Snapshot.Ingresses.Count + result.Snapshot.Services.Count;
            foreach (var diagnostic in result.Diagnostics)
            {
                ids[diagnostic.Id] = ids.GetValueOrDefault(diagnostic.Id) + 1;
            }
        }

        // A few hundred bytes each; seconds would be a hang.
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.True(cases > 100 && read > 0, $"{cases} cases, {read} objects");
        Console.WriteLine($"{cases} cases, {read} objects, slowest {slowest.TotalMilliseconds:F1} ms, {string.Join(", ", ids)}");
    }

    private static ManifestResult Parse(string text, string file, int seed)
    {
        try
        {
            return IngressManifests.Parse(text, file);
        }
        catch (Exception exception)
        {
            throw new InvalidOperationException($"Seed {seed}, file {file}, text {Convert.ToHexString(System.Text.Encoding.Unicode.GetBytes(text))}", exception);
        }
    }

    private static void Check(ManifestResult result, string text)
    {
        var lines = text.Count(static c => c is '\n' or '\r' or '\u0085' or '\u2028' or '\u2029') + 1;
        foreach (var diagnostic in result.Diagnostics)
        {
            var location = diagnostic.Location!.Value;
            Assert.True(location.Line >= 1 && location.Line <= lines, $"{diagnostic} in {lines} lines of {System.Text.Json.JsonSerializer.Serialize(text)}");
            Assert.InRange(location.Column, 1, text.Length + 2);
            Assert.True(diagnostic.Resource?.Kind != "Secret" || !diagnostic.ToString().Contains(Sentinel, StringComparison.Ordinal), diagnostic.ToString());
            Assert.NotEqual(IngressDiagnosticIds.LastGoodKept, diagnostic.Id);
        }

        foreach (var ingress in result.Snapshot.Ingresses)
        {
            Assert.InRange(ingress.Origin!.Locate("spec.rules[0].http.paths[0].path").Line, 1, lines);
        }
    }

    private static string Mutate(Random random, string seed)
    {
        var text = seed;
        for (var round = random.Next(1, 6); round > 0 && text.Length < 20_000; round--)
        {
            var at = random.Next(text.Length + 1);
            var length = random.Next(Math.Min(12, text.Length - at) + 1);
            text = random.Next(8) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, s_fragments[random.Next(s_fragments.Length)]),
                2 => text.Remove(at, length).Insert(at, s_fragments[random.Next(s_fragments.Length)]),
                3 => text.Insert(at, text.Substring(random.Next(text.Length - length + 1), length)),
                4 => text[..at] + s_seeds[random.Next(s_seeds.Length)][random.Next(20)..],
                5 => text.Insert(at, ((char)random.Next(0x100)).ToString()),
                6 => text[..at] + "\n---\n" + text,
                _ => text.Insert(at, string.Concat(Enumerable.Repeat(s_fragments[random.Next(s_fragments.Length)], random.Next(1, 100)))),
            };
            text = text.Length == 0 ? seed : text;
        }

        return text;
    }
}
