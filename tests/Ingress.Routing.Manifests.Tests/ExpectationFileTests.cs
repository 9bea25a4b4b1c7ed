using Ingress.Routing.Expectations;

namespace Ingress.Routing.Manifests.Tests;

public sealed class ExpectationFileTests
{
    [Fact]
    public void Parse_Request_ReadsEveryKey()
    {
        var file = IngressExpectations.Parse(
            """
            tests:
            - name: the cart
              url: https://shop.test/cart
              host: other.test
              sni: third.test
              method: POST
              client: 192.0.2.1
              expect:
                service: shop/cart:http
                status: 503
                certificate: shop/tls
            """,
            "t.yaml");

        Assert.Empty(file.Errors);
        Assert.Equal(
            new RequestExpectation
            {
                Name = "the cart",
                Location = new("t.yaml", 2, 3),
                Url = "https://shop.test/cart",
                Host = "other.test",
                ServerName = "third.test",
                Method = "POST",
                ClientAddress = System.Net.IPAddress.Parse("192.0.2.1"),
                Service = new("shop", "cart"),
                Port = new() { Name = "http" },
                StatusCode = 503,
                Certificate = new("shop", "tls"),
            },
            Assert.Single(file.Expectations));
    }

    [Fact]
    public void Parse_Never_ReadsEveryKey()
    {
        var file = IngressExpectations.Parse(
            """
            tests:
            - never: { service: "shop/admin:80", host: "*.test", path: /public, pathType: Exact }
            - never: { service: admin }
            """);

        Assert.Empty(file.Errors);
        Assert.Equal(
            [
                new NeverExpectation
                {
                    Location = new("expectations", 2, 3),
                    Service = new("shop", "admin"),
                    Port = new() { Number = 80 },
                    Host = "*.test",
                    Path = "/public",
                    IsExact = true,
                },
                new NeverExpectation { Location = new("expectations", 3, 3), Service = new("default", "admin") },
            ],
            file.Expectations.Cast<NeverExpectation>());
    }

    [Fact]
    public void Parse_SeveralDocumentsAndJson_AreRead()
    {
        Assert.Equal(2, IngressExpectations.Parse(
            "tests: [{url: /a, expect: {status: 404}}]\n---\ntests: [{url: /b, expect: {status: 404}}]\n").Expectations.Count);
        Assert.Single(IngressExpectations.Parse("""{"tests": [{"url": "/a", "expect": {"certificate": "refused"}}]}""", "t.json").Expectations);
    }

    // Every row is a file that must not pass for one that is right, with the place of the first mistake.
    [Theory]
    [InlineData("", 1, 1, "no test")]
    [InlineData("# nothing", 1, 1, "no test")]
    [InlineData("tests: []", 1, 1, "no test")]
    [InlineData("tests:", 1, 1, "takes a list, not null")]
    [InlineData("test: []", 1, 1, "no key 'test'")]
    [InlineData("tests: {}", 1, 8, "takes a list, not a mapping")]
    [InlineData("- a", 1, 1, "Expected a mapping for the file, not a list")]
    [InlineData("tests: [5]", 1, 9, "Expected a mapping for a test, not a number")]
    [InlineData("tests:\n- url: /a\n  expect: {status: 404}\n  expekt: 1", 4, 3, "no key 'expekt'")]
    [InlineData("tests:\n- url: /a\n  expect: {statu: 404}", 3, 12, "no key 'statu'")]
    [InlineData("tests:\n- url: /a\n  expect: {status: 404, statu: 1}", 3, 25, "no key 'statu'")]
    [InlineData("tests:\n- url: /a\n  client: office\n  expect: {status: 403}", 3, 11, "an IP address")]
    [InlineData("tests:\n- url: /a\n  expect: {status: 200}", 3, 20, "Only 204, redirects, 400, 401, 403, 404, 413 and 503")]
    [InlineData("tests:\n- url: /a\n  expect: {status: '404'}", 3, 20, "takes a whole number, not a string")]
    [InlineData("tests:\n- url: /a\n  expect: {}", 3, 11, "Nothing is expected")]
    [InlineData("tests:\n- url: /a\n  expect: 404", 3, 11, "Expected a mapping for 'expect'")]
    [InlineData("tests:\n- url: /a", 2, 3, "needs either")]
    [InlineData("tests:\n- expect: {status: 404}", 2, 3, "needs either")]
    [InlineData("tests:\n- url: 5\n  expect: {status: 404}", 2, 8, "takes a string, not a number")]
    [InlineData("tests:\n- name: 5\n  url: /a\n  expect: {status: 404}", 2, 9, "takes a string, not a number")]
    [InlineData("tests:\n- url: /a\n  url: /b\n  expect: {status: 404}", 3, 3, "written twice")]
    [InlineData("tests:\n- url: /a\n  method: 'A B'\n  expect: {status: 404}", 3, 11, "'A B' is not understood")]
    [InlineData("tests:\n- url: /a\n  expect: {service: a/b/c}", 3, 21, "'a/b/c' is not understood")]
    [InlineData("tests:\n- url: /a\n  expect: {service: 'a:0'}", 3, 21, "is not understood")]
    [InlineData("tests:\n- url: /a\n  expect: {service: 'a:'}", 3, 21, "is not understood")]
    [InlineData("tests:\n- url: /a\n  expect: {certificate: Refused}", 3, 25, "is not understood")]
    [InlineData("tests:\n- never: {service: a, host: A.test}", 2, 29, "'A.test' is not understood")]
    [InlineData("tests:\n- never: {service: a, host: '*'}", 2, 29, "is not understood")]
    [InlineData("tests:\n- never: {service: a, path: x}", 2, 29, "a path, which starts with '/'")]
    [InlineData("tests:\n- never: {service: a, path: /x, pathType: exact}", 2, 43, "'Prefix' or 'Exact'")]
    [InlineData("tests:\n- never: {service: a, pathType: Exact}", 2, 33, "there is none")]
    [InlineData("tests:\n- never: {host: a.test}", 2, 10, "needs a 'service'")]
    [InlineData("tests:\n- never: {service: a}\n  url: /a", 3, 3, "no key 'url'")]
    [InlineData("tests:\n- never: {service: a}\n- never: {service: *a}", 3, 20, "no anchor")]
    public void Parse_Mistake_IsReportedWhereItIs(string text, int line, int column, string message)
    {
        var file = IngressExpectations.Parse(text, "t.yaml");

        Assert.NotEmpty(file.Errors);
        Assert.Equal(new("t.yaml", line, column), file.Errors[0].Location);
        Assert.Contains(message, file.Errors[0].Message, StringComparison.Ordinal);
        Assert.StartsWith($"t.yaml:{line}:{column}: error: ", file.Errors[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Load_MissingFile_IsAnError()
    {
        var file = IngressExpectations.Load("does-not-exist.yaml");

        Assert.Equal("does-not-exist.yaml", Assert.Single(file.Errors).Location.File);
        Assert.Empty(file.Expectations);
    }

    [Fact]
    public void Load_File_IsReadLikeText()
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Path, "t.yaml");
        File.WriteAllText(path, "tests: [{url: /a, expect: {status: 404}}]");

        Assert.Equal(path, Assert.Single(IngressExpectations.Load(path).Expectations).Location!.Value.File);
    }

    // Names and URLs that YAML would read as something else if they were not quoted.
    [Theory]
    [InlineData("yes")]
    [InlineData("404")]
    [InlineData("a: b")]
    [InlineData("a #b")]
    [InlineData("- x")]
    [InlineData("say \"no\" \\ 'twice'")]
    [InlineData("two\nlines\t\u0001")]
    [InlineData(" café ☃ 😀 ")]
    [InlineData("/:")]
    [InlineData("http://shop.test:")]
    [InlineData("*.test")]
    [InlineData("@x")]
    [InlineData("")]
    public void Write_AnyText_IsReadBack(string text)
    {
        Expectation[] expectations =
        [
            new RequestExpectation
            {
                Name = text.Length == 0 ? null : text,
                Url = text,
                Host = text,
                ServerName = text,
                Method = "GET",
                Service = new("shop", "cart"),
                Port = new() { Number = 80 },
                Resource = text,
                StatusCode = 404,
                Certificate = new("shop", "tls"),
            },
            new RequestExpectation { Url = "http://shop.test/a%20b:c?d=e", ExpectsRefusal = true },
            new NeverExpectation { Service = new("a", "b"), Port = new() { Name = "http" }, Host = "*.test", Path = "/" + text, IsExact = true },
            new NeverExpectation { Service = new("a", "b") },
        ];
        using var writer = new StringWriter();

        IngressExpectations.Write(expectations, writer);

        var file = IngressExpectations.Parse(writer.ToString());
        Assert.Empty(file.Errors);
        Assert.Equal(expectations, file.Expectations.Select(expectation => expectation with { Location = null }));
    }
}
