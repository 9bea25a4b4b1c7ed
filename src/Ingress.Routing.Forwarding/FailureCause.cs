using System.Globalization;
using System.Text;
using Yarp.ReverseProxy.Forwarder;

namespace Ingress.Routing.Forwarding;

/// <summary>Words the cause of a failure for one line of a log.</summary>
internal static class FailureCause
{
    private const int LongestText = 400;

    /// <summary>What went wrong, and the messages of the exceptions behind it, from the outermost inwards.</summary>
    public static string Of(ForwarderError error, Exception? exception) => Of(Describe(error), exception);

    /// <summary>The messages of an exception and of those behind it, from the outermost inwards.</summary>
    public static string Of(Exception? exception) => Of("", exception);

    private static string Of(string what, Exception? exception)
    {
        var cause = new StringBuilder(what);
        var last = "";
        foreach (var sentence in Messages(exception))
        {
            var message = sentence.TrimEnd('.');
            // The outer ones often repeat what the inner ones say.
            if (!last.Contains(message, StringComparison.Ordinal))
            {
                cause.Append(cause.Length == 0 ? "" : last.Length == 0 ? ": " : " > ").Append(message);
                last = message;
            }
        }

        return Printable(cause.ToString());
    }

    /// <summary>Writes control characters as <c>\u001B</c> and cuts what is too long: a backend or a client wrote it.</summary>
    public static string Printable(string text)
    {
        if (text.Length > LongestText)
        {
            text = string.Concat(text.AsSpan(0, LongestText), "…");
        }

        if (!text.Any(char.IsControl))
        {
            return text;
        }

        var printable = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (char.IsControl(character))
            {
                printable.Append(CultureInfo.InvariantCulture, $"\\u{(int)character:X4}");
            }
            else
            {
                printable.Append(character);
            }
        }

        return printable.ToString();
    }

    private static IEnumerable<string> Messages(Exception? exception)
    {
        for (; exception is not null; exception = exception.InnerException)
        {
            if (exception is AggregateException { InnerExceptions: [var first, ..] })
            {
                exception = first;
            }

            // What HttpClient says of everything, where there is more to say.
            if (exception is not HttpRequestException { HttpRequestError: HttpRequestError.Unknown, InnerException: not null })
            {
                yield return exception.Message;
            }
        }
    }

    private static string Describe(ForwarderError error) => error switch
    {
        ForwarderError.Request => "no answer",
        ForwarderError.RequestTimedOut => "no answer in time",
        ForwarderError.RequestCreation => "the request could not be made",
        ForwarderError.RequestBodyDestination => "the request body could not be sent",
        ForwarderError.ResponseHeaders => "the head of the response cannot be passed on",
        ForwarderError.ResponseBodyDestination => "the response broke off",
        ForwarderError.UpgradeRequestDestination or ForwarderError.UpgradeResponseDestination => "the upgraded connection broke off",
        ForwarderError.UpgradeActivityTimeout => "nothing went over the upgraded connection for too long",
        ForwarderError.NoAvailableDestinations => "no endpoint is healthy",
        _ => error.ToString(),
    };
}
