using System.Collections.Immutable;
using System.Globalization;

namespace Ingress.Routing.Policies;

/// <summary>Tells browsers which pages of other sites may ask, and read the answers (CORS).</summary>
/// <remarks>
/// What an admitted origin gets are headers on every answer of the route, refusals and redirects included, in place of those of the backend. A
/// preflight request is answered with 204, and reaches no backend. An origin that is not admitted gets none of these headers, and its requests
/// go on: it is the browser that does not let the page read the answer.
/// </remarks>
public sealed record Cors : RequestPolicy
{
    /// <summary>The methods that are told unless others are asked for.</summary>
    public const string DefaultMethods = "GET, PUT, POST, DELETE, PATCH, OPTIONS";

    /// <summary>The headers that are told unless others are asked for.</summary>
    public const string DefaultHeaders =
        "DNT,Keep-Alive,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range,Authorization";

    /// <summary>How many seconds a browser may remember the answer to a preflight request, unless another time is asked for: 20 days.</summary>
    public const int DefaultMaxAge = 1_728_000;

    private readonly string _maxAge = DefaultMaxAge.ToString(CultureInfo.InvariantCulture);

    /// <summary>Where pages may come from; at least one.</summary>
    public required ImmutableArray<CorsOrigin> Origins { get; init; }

    /// <summary>The value of <c>Access-Control-Allow-Methods</c>.</summary>
    public string Methods { get; init; } = DefaultMethods;

    /// <summary>The value of <c>Access-Control-Allow-Headers</c>.</summary>
    public string Headers { get; init; } = DefaultHeaders;

    /// <summary>The value of <c>Access-Control-Expose-Headers</c>; null leaves the header out.</summary>
    public string? ExposedHeaders { get; init; }

    /// <summary>Whether cookies and passwords may be sent along.</summary>
    public bool AllowsCredentials { get; init; }

    /// <summary>How many seconds a browser may remember the answer to a preflight request.</summary>
    public int MaxAge
    {
        get;
        init
        {
            field = value;
            _maxAge = value.ToString(CultureInfo.InvariantCulture);
        }
    } = DefaultMaxAge;

    /// <summary>
    /// Whether every <c>OPTIONS</c> of an admitted origin is answered as a preflight request; if not, one is that names the method that is to
    /// follow.
    /// </summary>
    public bool AnswersAllOptions { get; init; }

    /// <summary>Whether every origin is admitted.</summary>
    public bool AdmitsAny => Origins.Any(static origin => origin.IsAny);

    /// <summary>The value of <c>Access-Control-Max-Age</c>.</summary>
    public string MaxAgeText => _maxAge;

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Preflight;

    /// <summary>The value of <c>Access-Control-Allow-Origin</c> for a request.</summary>
    /// <param name="origin">The origin of the request; null when it names none.</param>
    /// <returns>An asterisk when every origin is admitted; else that of the request; null when it is not admitted.</returns>
    public string? AllowedOrigin(string? origin)
    {
        foreach (var admitted in Origins)
        {
            if (admitted.IsAny)
            {
                return "*";
            }

            if (!string.IsNullOrEmpty(origin) && admitted.Admits(origin))
            {
                return origin;
            }
        }

        return null;
    }

    /// <inheritdoc />
    public override PolicyOutcome Evaluate(IPolicyRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return request.Method == "OPTIONS"
            && (AnswersAllOptions || (request.Header("Origin") is not null && request.Header("Access-Control-Request-Method") is not null))
            && AllowedOrigin(request.Header("Origin")) is not null
                ? PolicyOutcome.Answer(204)
                : PolicyOutcome.Continue;
    }

    /// <inheritdoc />
    public override string Describe()
        => $"let pages of {string.Join(", ", Origins)} ask{(AllowsCredentials ? " with credentials" : "")}, with {Methods}";

    /// <inheritdoc />
    public bool Equals(Cors? other)
        => other is not null
            && (Methods, Headers, ExposedHeaders, AllowsCredentials, MaxAge, AnswersAllOptions)
                == (other.Methods, other.Headers, other.ExposedHeaders, other.AllowsCredentials, other.MaxAge, other.AnswersAllOptions)
            && Origins.AsSpan().SequenceEqual(other.Origins.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Methods, Headers, ExposedHeaders, AllowsCredentials, MaxAge, Origins.Length);
}
