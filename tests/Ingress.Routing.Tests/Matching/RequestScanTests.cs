using System.Runtime.InteropServices;
using Ingress.Routing.Matching;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Matching;

/// <summary>The pass over a target, against the same question asked character by character.</summary>
public sealed unsafe class RequestScanTests
{
    private const int PageLength = 2048;

    // A text that begins with a memory page can be read as a whole block, however short it is. An empty one ends before it begins, so there
    // is a character in front, as there is in front of every string.
    private static readonly char* s_text = (char*)NativeMemory.AlignedAlloc(PageLength * sizeof(char), PageLength * sizeof(char)) + 1;

    private const string Literals = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~!$&'()*+,;=:@/";

    [Fact]
    public void PathLength_EveryCharacterAtEveryPosition_AgreesWithReference()
    {
        foreach (var length in new[] { 1, 2, 15, 16, 17, 31, 32, 33, 63, 64, 65, 95, 100 })
        {
            var text = ("/" + new string('a', length - 1)).ToCharArray();
            for (var position = 0; position < length; position++)
            {
                var kept = text[position];
                for (var c = '\0'; c <= '\u017F'; c++)
                {
                    text[position] = c;
                    AssertAgreement(new string(text));
                }

                text[position] = kept;
            }
        }
    }

    [Fact]
    public void PathLength_RandomTargetsOfEveryLength_AgreesWithReference()
    {
        var random = new Random(20_251_203);
        for (var length = 0; length <= 300; length++)
        {
            for (var round = 0; round < 60; round++)
            {
                var text = random.GetItems<char>(round % 3 == 0 ? "aaaaaaaaaaaaa/b./" : "aaaaaaaaaaaaaaaaaaaaaa/bbbbbbbbbbb?/x.", length);
                if (length > 0)
                {
                    text[0] = '/';
                    text[random.Next(length)] = (char)random.Next(0x180);
                }

                AssertAgreement(new string(text));
            }
        }
    }

    // The last characters of a memory page: a read beyond them ends the process.
    [Fact]
    public void Match_TextsAtTheEndOfMemory_AreNotReadBeyond()
    {
        using var memory = new GuardedMemory();
        for (var length = 1; length <= 100; length++)
        {
            var text = memory.TextAtEnd("/" + new string('a', length - 1));

            Assert.Equal(TextBlock.CanRead(text, length), length >= TextBlock.Size);
            Assert.Equal(TextBlock.CanReadAll(text, length), length % TextBlock.Size == 0);
            if (TextBlock.CanRead(text, length))
            {
                Assert.Equal(length, RequestScan.PathLength(text, length, out _, out var slashes));
                Assert.Equal(1u, slashes);
            }

            Assert.True(HostName.Exact(new ReadOnlySpan<char>(text + 1, length - 1)).Head == TextBlock.Copy(new string('a', length - 1)));
        }
    }

    // One text in a table, read from every place of a memory page.
    [Fact]
    public void Match_HostsAndTargetsAtEveryAddress_AreAnsweredAlike()
    {
        var table = RouteTableAnswers.TableOf(
            Some.Ingress("i", [Some.Rule("a.h.test", Some.Prefix("/p")), Some.Rule("*.h.test", Some.Prefix("/p"))]));
        for (var i = 0; i < 3_000; i++)
        {
            _ = new string('x', i % 61);
            Assert.Equal("/p", table.Match(new string("A.h.test".AsSpan()), new string("/p/q?x".AsSpan())).Route?.Path);
            Assert.Equal("*.h.test", table.Match(new string("b.H.test".AsSpan()), new string("/p".AsSpan())).Route?.Host);
            Assert.Equal(IngressMatchStatus.NotFound, table.Match(new string("b.b.H.test".AsSpan()), new string("/p".AsSpan())).Status);
        }
    }

    private static void AssertAgreement(string target)
    {
        // As a string of its own and as part of a larger one, where something else follows.
        var longer = target + "/b/.//?#" + new string('/', TextBlock.Size);
        longer.CopyTo(new Span<char>(s_text, PageLength - 1));
        var actual = RequestScan.PathLength(s_text, target.Length, out var block, out var slashes);
        if (actual != Reference(target))
        {
            Assert.Fail($"'{target}': {actual} instead of {Reference(target)}");
        }

        if (actual >= 0)
        {
            var path = target[..actual];
            var first = path[..Math.Min(actual, TextBlock.Size)];
            Assert.Equal(Enumerable.Range(0, first.Length).Where(i => first[i] == '/').Aggregate(0u, (mask, i) => mask | (1u << i)), slashes);
            Assert.True((block & TextBlock.Before(first.Length)) == TextBlock.Copy(first));
        }
    }

    private static int Reference(string target)
    {
        var end = target.IndexOf('?');
        var path = end < 0 ? target : target[..end];
        var isCanonical = path.StartsWith('/') && path.All(Literals.Contains) && !path.Contains("//") && !path.Contains("/.");
        return isCanonical ? path.Length : -1;
    }

    /// <summary>A readable memory page with one behind it that must not be touched.</summary>
    private sealed class GuardedMemory : IDisposable
    {
        private const int None = 0;
        private const int ReadWrite = 3;
        private readonly byte* _start;
        private readonly nuint _page = (nuint)Environment.SystemPageSize;

        public GuardedMemory()
        {
            _start = (byte*)NativeMemory.AlignedAlloc(2 * _page, _page);
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal(0, Protect(_start + _page, _page, None));
            }
        }

        public char* TextAtEnd(string text)
        {
            var start = (char*)(_start + _page) - text.Length;
            text.CopyTo(new Span<char>(start, text.Length));
            return start;
        }

        public void Dispose()
        {
            if (OperatingSystem.IsLinux())
            {
                Assert.Equal(0, Protect(_start + _page, _page, ReadWrite));
            }

            NativeMemory.AlignedFree(_start);
        }

        [DllImport("libc", EntryPoint = "mprotect", SetLastError = true)]
        private static extern int Protect(void* address, nuint length, int protection);
    }
}
