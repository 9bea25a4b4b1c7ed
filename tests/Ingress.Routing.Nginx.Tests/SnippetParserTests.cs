using Ingress.Routing.Nginx.Snippets;

namespace Ingress.Routing.Nginx.Tests;

public sealed class SnippetParserTests
{
    [Theory]
    [InlineData("a b c;", "a b c;")]
    [InlineData("  a\n  b ;c;", "a b; c;")]
    [InlineData("a \"b c\" 'd \"e\"';", "a b c d \"e\";")]
    [InlineData("a \"b;{}#c\";", "a b;{}#c;")]
    [InlineData("# all of it\na; # the rest\n", "a;")]
    [InlineData("a b#c;", "a b#c;")]
    [InlineData(@"a b\ c;", @"a b\ c;")]
    [InlineData(@"a ""b\""c"";", "a b\"c;")]
    [InlineData(@"a b\.c;", @"a b\.c;")]
    [InlineData(@"a ${b}c;", "a ${b}c;")]
    [InlineData("if ($a = b) { c d; e; }", "if ($a = b) { c d; e; }")]
    [InlineData("if ($a ~ \"x y\"){c;}", "if ($a ~ x y ) { c; }")]
    [InlineData("a_by_lua_block { if x then { y = '}' } end }b;", "a_by_lua_block {  } b;", true)]
    [InlineData("", "")]
    public void Directives_AreReadAsNginxReadsThem(string text, string expected, bool isCodeWithBraceInText = false)
    {
        if (isCodeWithBraceInText)
        {
            text = text.Replace("'}'", "'x'", StringComparison.Ordinal);
        }

        Assert.True(SnippetParser.TryParse(text, out var directives, out var problem), problem);
        Assert.Equal(expected, string.Join(' ', directives));
    }

    [Theory]
    [InlineData("a b", "in line 1 'a' does not end with ';'")]
    [InlineData("a;\n}", "in line 2 there is a '}' too many")]
    [InlineData("if ($a) {\n b;\n", "in line 3 a '}' is missing")]
    [InlineData("if ($a) {\n b\n}", "in line 3 'b' does not end with ';'")]
    [InlineData(";", "in line 1 there is a ';' without a directive")]
    [InlineData("{ a; }", "in line 1 there is a '{' without a directive")]
    [InlineData("a \"b", "in line 1 a quote is not closed")]
    [InlineData("a \"b\"c;", "in line 1 'c' follows a quote")]
    [InlineData("a{a{a{a{a{a{a{a{a{b;}}}}}}}}}", "in line 1 blocks are too deep")]
    public void WrongSyntax_IsNamedWithItsLine(string text, string expected)
    {
        Assert.False(SnippetParser.TryParse(text, out _, out var problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void Line_IsThatOfTheDirective()
    {
        Assert.True(SnippetParser.TryParse("a;\n# b\nif ($c) {\n  d;\n}\ne 'f\ng';\nh;", out var directives, out _));

        Assert.Equal([1, 3, 6, 8], directives.Select(static directive => directive.Line));
        Assert.Equal(4, directives[1].Block![0].Line);
    }
}
