using Ingress.Routing.Tests.Shared;
using Printable = Ingress.Routing.Gateway.Output.PrintableText;

namespace Ingress.Routing.Gateway.Tests;

public sealed class PrintableTextTests
{
    // A right-to-left override shows a path the other way round; a zero-width space hides that two differ.
    [Theory]
    [InlineData("/plain-äß", "/plain-äß")]
    [InlineData("a\nb\u001B[2J", @"a\u000Ab\u001B[2J")]
    [InlineData("\u007F\u0085", @"\u007F\u0085")]
    [InlineData("/a\u202Eb", @"/a\u202Eb")]
    [InlineData("/a\u200B", @"/a\u200B")]
    [InlineData("a\u2028b", @"a\u2028b")]
    public void Escape_WhatCannotBeSeen_IsSpeltOut(string text, string expected) => Assert.Equal(expected, Printable.Escape(text));

    [Fact]
    public void Escape_IsWhatDiagnosticsDo()
    {
        const string Path = "no-slash\n\u001B\u202E\u200B";
        var table = IngressRouteTable.Compile(Some.Snapshot(Some.Ingress("t/i", [Some.Rule("h.test", Some.Prefix(Path))])));

        Assert.Contains(table.Diagnostics, diagnostic => diagnostic.Message.Contains(Printable.Escape(Path), StringComparison.Ordinal));
    }
}
