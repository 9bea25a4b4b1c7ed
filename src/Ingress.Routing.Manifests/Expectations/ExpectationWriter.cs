using System.Buffers;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ingress.Routing.Expectations;
using Ingress.Routing.Model;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Writes expectations as YAML.</summary>
internal sealed class ExpectationWriter(TextWriter output)
{
    // What looks like this is a string in every version of YAML, as it begins with a letter or slash and holds a slash.
    private static readonly SearchValues<char> s_plain =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._~%:-");

    public void Write(IEnumerable<Expectation> expectations)
    {
        output.WriteLine("tests:");
        foreach (var expectation in expectations)
        {
            output.Write("- ");
            if (!string.IsNullOrEmpty(expectation.Name))
            {
                output.Write($"name: {Quoted(expectation.Name)}{output.NewLine}  ");
            }

            if (expectation is RequestExpectation request)
            {
                Write(request);
            }
            else
            {
                Write((NeverExpectation)expectation);
            }
        }
    }

    private void Write(RequestExpectation request)
    {
        output.WriteLine($"url: {Scalar(request.Url)}");
        WriteKey("  host", request.Host);
        WriteKey("  sni", request.ServerName);
        WriteKey("  method", request.Method);
        if (request.Headers.Count > 0)
        {
            output.WriteLine("  headers:");
            foreach (var (name, value) in request.Headers.OrderBy(static header => header.Key, StringComparer.Ordinal))
            {
                output.WriteLine($"    {Quoted(name)}: {Quoted(value)}");
            }
        }

        output.WriteLine("  expect:");
        WriteKey("    service", request.Service is { } service ? TextOf(service, request.Port) : null);
        WriteKey("    resource", request.Resource);
        if (request.StatusCode is { } status)
        {
            output.WriteLine($"    status: {status.ToString(CultureInfo.InvariantCulture)}");
        }

        WriteKey("    location", request.RedirectLocation);
        WriteKey("    target", request.Target);
        WriteKey("    certificate", request.ExpectsRefusal ? ExpectationBinder.Refused : request.Certificate?.ToString());
    }

    private void Write(NeverExpectation never)
    {
        output.WriteLine("never:");
        WriteKey("    service", TextOf(never.Service, never.Port));
        WriteKey("    host", never.Host);
        WriteKey("    path", never.Path);
        WriteKey("    pathType", never.IsExact && never.Path is not null ? nameof(PathType.Exact) : null);
    }

    private void WriteKey(string key, string? value)
    {
        if (value is not null)
        {
            output.WriteLine($"{key}: {Scalar(value)}");
        }
    }

    private static string TextOf(NamespacedName service, ServiceBackendPort? port) => port is null ? $"{service}" : $"{service}:{port}";

    private static string Scalar(string text)
        => text.Contains('/', StringComparison.Ordinal)
            && (char.IsAsciiLetter(text[0]) || text[0] == '/')
            && text[^1] != ':'
            && !text.AsSpan().ContainsAnyExcept(s_plain)
                ? text
                : Quoted(text);

    // A JSON string is a YAML string.
    private static string Quoted(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
