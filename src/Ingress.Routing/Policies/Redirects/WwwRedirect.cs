using System.Net;

namespace Ingress.Routing.Policies;

/// <summary>Sends clients from <c>www.example.com</c> to <c>example.com</c>, or the other way round.</summary>
/// <param name="ToWww">Whether clients are sent to the name with <c>www.</c>; otherwise to the one without.</param>
public sealed record WwwRedirect(bool ToWww) : RequestPolicy
{
    private const string Www = "www.";

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.HostRedirect;

    /// <inheritdoc />
    public override string Describe() => ToWww ? "redirect to the host with 'www.' with 308" : "redirect to the host without 'www.' with 308";

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var host = request.Host;
        if (host.Length == 0 || IsAddress(host) || host.StartsWith(Www, StringComparison.Ordinal) == ToWww)
        {
            return PolicyOutcome.Continue;
        }

        if (request.Query.Span.ContainsAnyExceptInRange('!', '~'))
        {
            return PolicyOutcome.Answer(400);
        }

        var other = ToWww ? Www + host : host[Www.Length..];
        return PolicyOutcome.Redirect(308, $"{request.Scheme}://{other}{request.Path}{request.Query}");
    }

    private static bool IsAddress(string host) => host[0] == '[' || IPAddress.TryParse(host, out _);
}
