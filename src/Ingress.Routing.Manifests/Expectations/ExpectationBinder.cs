using System.Collections.Immutable;
using System.Net;
using Ingress.Routing.Expectations;
using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Reads one test.</summary>
internal static class ExpectationBinder
{
    public const string Refused = "refused";

    /// <summary>Reads a test.</summary>
    /// <returns>The expectation; null when something is wrong, which is reported.</returns>
    public static Expectation? Read(ManifestNode node, ErrorList errors)
    {
        var count = errors.Count;
        if (StrictMapping.TryOpen(node, "a test", errors) is not { } test)
        {
            return null;
        }

        var name = test.String("name");
        Expectation? expectation = test.Has("never") ? ReadNever(test, errors) : ReadRequest(test, errors);
        test.RefuseOthers();
        return expectation is null || errors.Count > count
            ? null
            : expectation with { Name = name, Location = new(errors.File, test.Position.Line, test.Position.Column) };
    }

    private static RequestExpectation? ReadRequest(StrictMapping test, ErrorList errors)
    {
        var url = test.String("url");
        var host = test.String("host");
        var serverName = test.String("sni");
        var method = test.Parsed("method", static text => ExpectationText.IsMethod(text) ? text : null, "the name of an HTTP method");
        var headers = ReadHeaders(test);
        var client = test.Parsed("client", static text => IPAddress.TryParse(text, out var address) ? address : null, "an IP address");
        var expect = test.Mapping("expect");
        if (!test.Has("url") || !test.Has("expect"))
        {
            errors.Add(test.Position, "A test needs either 'url' and 'expect', or 'never'.");
        }

        if (url is null || expect is null)
        {
            return null;
        }

        var count = errors.Count;

        var service = expect.Parsed("service", ExpectationText.ParseService, "NAMESPACE/NAME:PORT or NAMESPACE/NAME");
        var certificate = expect.Parsed("certificate", ExpectationText.ParseCertificate, $"NAMESPACE/SECRET or '{Refused}'");
        var expectation = new RequestExpectation
        {
            Url = url,
            Host = host,
            ServerName = serverName,
            Method = method,
            Headers = headers,
            ClientAddress = client,
            Service = service?.Name,
            Port = service?.Port,
            Resource = expect.String("resource"),
            StatusCode = ReadStatus(expect, errors),
            RedirectLocation = expect.String("location"),
            Target = expect.Parsed("target", static text => text.StartsWith('/') ? text : null, "a path, which starts with '/'"),
            Certificate = certificate?.Secret,
            ExpectsRefusal = certificate is { Secret: null },
        };
        expect.RefuseOthers();
        if (!expectation.ExpectsAnything && errors.Count == count)
        {
            errors.Add(expect.Position, "Nothing is expected. Write at least one of service, resource, status, location, target, certificate.");
        }

        return expectation;
    }

    private static ImmutableDictionary<string, string> ReadHeaders(StrictMapping test)
    {
        if (test.Mapping("headers") is not { } mapping)
        {
            return ImmutableDictionary<string, string>.Empty;
        }

        var headers = ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var name in mapping.Keys)
        {
            if (mapping.String(name) is { } value)
            {
                headers = headers.SetItem(name, value);
            }
        }

        mapping.RefuseOthers();
        return headers;
    }

    private static int? ReadStatus(StrictMapping expect, ErrorList errors)
    {
        var status = expect.Integer("status");
        if (status is null or 204 or (>= 300 and <= 399) or 400 or 401 or 403 or 404 or 413 or 503)
        {
            return (int?)status;
        }

        errors.Add(expect.PositionOf("status"), $"Only 204, redirects, 400, 401, 403, 404, 413 and 503 are answered without a backend; {status} is for a backend to answer.");
        return null;
    }

    private static NeverExpectation? ReadNever(StrictMapping test, ErrorList errors)
    {
        if (test.Mapping("never") is not { } never)
        {
            return null;
        }

        var service = never.Parsed("service", ExpectationText.ParseService, "NAMESPACE/NAME:PORT or NAMESPACE/NAME");
        if (!never.Has("service"))
        {
            errors.Add(never.Position, "'never' needs a 'service'.");
        }

        var host = never.Parsed(
            "host", static text => NeverExpectation.IsHost(text) ? text : null, "a lower-case name such as 'example.com', or '*.example.com'");
        var path = never.Parsed("path", static text => text.StartsWith('/') ? text : null, "a path, which starts with '/'");
        var pathType = never.Parsed(
            "pathType", static text => text is nameof(PathType.Exact) or nameof(PathType.Prefix) ? text : null, "'Prefix' or 'Exact'");
        if (never.Has("pathType") && !never.Has("path"))
        {
            errors.Add(never.PositionOf("pathType"), "'pathType' says how 'path' is meant, and there is none.");
        }

        never.RefuseOthers();
        return service is null ? null : new()
        {
            Service = service.Name,
            Port = service.Port,
            Host = host,
            Path = path,
            IsExact = pathType == nameof(PathType.Exact),
        };
    }
}
