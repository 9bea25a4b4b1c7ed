using Ingress.Routing.Annotations;

namespace Ingress.Routing.Nginx;

/// <summary>What is gathered of answers before it is passed on: nothing here.</summary>
internal static class BufferAnnotations
{
    private const string PassedOn = "Answers are passed on as they come, and a backend waits for a slow client.";

    public static IReadOnlyList<Annotation> Rows { get; } =
    [
        NginxRow.WithoutEffect("proxy-buffering", PassedOn),
        NginxRow.WithoutEffect("proxy-buffer-size", "The headers of an answer may have up to 64 KiB, whatever is said here."),
        NginxRow.WithoutEffect("proxy-buffers-number", PassedOn),
        NginxRow.WithoutEffect("proxy-busy-buffers-size", PassedOn),
        NginxRow.WithoutEffect("proxy-max-temp-file-size", PassedOn),
    ];
}
