using System.Collections.Immutable;

namespace Ingress.Routing.Policies;

/// <summary>Lets in who knows a password (RFC 7617), and answers 401 to the others. The backend does not get the password.</summary>
/// <param name="Realm">What the password is for, shown to people; characters of a quoted text in a header.</param>
/// <param name="Users">Who is let in.</param>
public sealed record BasicAuthentication(string Realm, PasswordFile Users) : RoutePolicy
{
    /// <summary>Beginnings of paths of rules, as they are written, for which nothing is asked.</summary>
    public ImmutableArray<string> ExemptPaths { get; init; } = [];

    /// <inheritdoc />
    public override PolicyStage Stage => PolicyStage.Authentication;

    /// <inheritdoc />
    public override bool UsesRoutePath => !ExemptPaths.IsEmpty;

    /// <summary>Whether a text can be a realm: letters, digits, blanks and <c>-._~/:</c>.</summary>
    /// <param name="text">The text.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public static bool IsRealm(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.All(static c => char.IsAsciiLetterOrDigit(c) || "-._~/: ".Contains(c, StringComparison.Ordinal));
    }

    /// <inheritdoc />
    public override string Describe() => $"let in {Users} by password{(Realm.Length == 0 ? "" : $", realm '{Realm}'")}, else 401";

    /// <inheritdoc />
    public bool Equals(BasicAuthentication? other)
        => other is not null && Realm == other.Realm && Users.Equals(other.Users) && ExemptPaths.AsSpan().SequenceEqual(other.ExemptPaths.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Realm, Users);
}
