namespace Ingress.Routing.AspNetCore;

/// <summary>The words for why an answer was made here. They are documented, and values of a label.</summary>
internal static class AnswerReason
{
    public const string Malformed = "malformed";
    public const string Ambiguous = "ambiguous";
    public const string Method = "method";
    public const string Coding = "transfer_coding";
    public const string Protocol = "protocol";
    public const string NotFound = "not_found";
    public const string NotReady = "not_ready";
    public const string PatternTimeout = "pattern_timeout";
    public const string Misdirected = "misdirected";
    public const string Certificate = "client_certificate";
    public const string Redirect = "redirect";
    public const string Policy = "policy";
    public const string Address = "address";
    public const string Password = "unauthorized";
    public const string Refused = "refused";
    public const string Undecided = "authentication_failed";
    public const string SignIn = "sign_in";
    public const string Preflight = "preflight";
    public const string TooLarge = "too_large";
    public const string BrokenBody = "request_body";
    public const string Limit = "limit";
    public const string Overload = "overload";
    public const string Unavailable = "no_endpoint";
    public const string ClientClosed = "client_closed";
    public const string Broken = "internal_error";
}
