using Ingress.Routing.Kubernetes.Reading;

namespace Ingress.Routing.Kubernetes.Watching;

/// <summary>The times and sizes of lists and watches; tests make them short.</summary>
internal sealed record ReflectorOptions
{
    /// <summary>How many objects a page of a list has at most (K1).</summary>
    public int PageSize { get; init; } = 500;

    /// <summary>How long a watch may be without one byte: two bookmark periods and a half (K7).</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(150);

    /// <summary>A watch that ends sooner, with nothing in it, counts as a failure.</summary>
    public TimeSpan ShortWatch { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>What the wait between two tries grows to (K5).</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// The same for the one reflector that finds out for all others whether a server that takes connections, and answers with errors, is well
    /// again: that of endpoints, which are missed first.
    /// </summary>
    public TimeSpan LongestWaitOfFirst { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The same when the outage has lasted for <see cref="LongOutage"/>.</summary>
    public TimeSpan LongestWaitOfFirstLater { get; init; } = TimeSpan.FromSeconds(4);

    public TimeSpan LongOutage { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>However long a server asks to wait, this is the most.</summary>
    public TimeSpan LongestRetryAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>The same for what a person or the kubelet has to put right: permissions and tokens.</summary>
    public TimeSpan LongestWaitForPermission { get; init; } = TimeSpan.FromSeconds(8);

    /// <summary>Those who wait for the same thing come within this time, not at once (K4).</summary>
    public TimeSpan Spread { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Strings that many objects share.</summary>
    public StringPool Strings { get; init; } = new();
}
