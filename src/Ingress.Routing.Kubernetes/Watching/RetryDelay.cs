namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>How long to wait before the next request.</summary>
/// <param name="Least">What the server asked for; nothing shortens it.</param>
/// <param name="Most">When to come at the latest; sooner if the server is known to be back.</param>
internal readonly record struct RetryDelay(TimeSpan Least, TimeSpan Most)
{
    public static readonly RetryDelay None;

    public static implicit operator RetryDelay(TimeSpan most) => new(TimeSpan.Zero, most);
}
