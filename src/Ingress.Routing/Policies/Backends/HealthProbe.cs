using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Endpoints are asked how they are, whether they have other requests or not.</summary>
/// <remarks>Only a gateway that forwards requests to a Service asks its endpoints. When all of them fail, all get requests.</remarks>
public sealed record HealthProbe : RoutePolicy
{
    /// <summary>Creates one.</summary>
    /// <param name="path">What is asked for with GET: a path in origin form, with an optional query.</param>
    /// <exception cref="ArgumentException"><paramref name="path"/> does not begin with a slash, or holds other than printable ASCII.</exception>
    public HealthProbe(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is not ['/', ..] || path.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            throw new ArgumentException("It has to begin with a slash, and to be of printable ASCII.", nameof(path));
        }

        Path = path;
    }

    /// <summary>What is asked for.</summary>
    public string Path { get; }

    /// <summary>The <c>Host</c> that is sent; null sends the address of the endpoint.</summary>
    public string? Host { get; init; }

    /// <summary>The port that is asked; null is that of the endpoint.</summary>
    public int? Port { get; init; }

    /// <summary>The time from one probe to the next. Each is up to a tenth shorter or longer, so that gateways do not ask all at once.</summary>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long an answer may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The answers of an endpoint that is well.</summary>
    public StatusRanges Statuses { get; init; } = StatusRanges.Successes;

    /// <summary>After how many good answers in a row an endpoint gets requests again.</summary>
    public int Rise { get; init; } = 2;

    /// <summary>After how many bad ones it gets none. A new endpoint gets requests until then.</summary>
    public int Fall { get; init; } = 3;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Backend;

    /// <inheritdoc />
    public override string Describe()
        => string.Create(CultureInfo.InvariantCulture, $"ask endpoints for {Path} every {Interval.TotalSeconds:0.###} s, and expect {Statuses}");

    /// <summary>Returns what it does.</summary>
    public override string ToString() => Describe();
}
