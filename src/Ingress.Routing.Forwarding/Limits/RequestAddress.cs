namespace Ingress.Routing.Forwarding.Limits;

/// <summary>The address that a request is being sent to; another one when it goes on to another endpoint.</summary>
/// <remarks>A feature that is changed, and not one that comes and goes: with each of those the server looks for all the others again.</remarks>
internal sealed class RequestAddress
{
    public BackendAddress? Current { get; set; }
}
