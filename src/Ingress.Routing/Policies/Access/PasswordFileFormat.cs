namespace Ingress.Routing.Policies;

/// <summary>How a Secret holds users and their passwords.</summary>
public enum PasswordFileFormat
{
    /// <summary>A file of <c>htpasswd</c> under <c>auth</c>.</summary>
    File,

    /// <summary>An entry for each user, whose value is the hash.</summary>
    Map,
}
