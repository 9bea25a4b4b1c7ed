namespace Ingress.Routing.Policies;

/// <summary>How a password is hashed.</summary>
public enum PasswordScheme
{
    /// <summary>Not at all: <c>{PLAIN}</c>.</summary>
    Plain,

    /// <summary>SHA-1 without salt: <c>{SHA}</c>.</summary>
    Sha1,

    /// <summary>SHA-1 with salt: <c>{SSHA}</c>.</summary>
    SaltedSha1,

    /// <summary>MD5 as Apache's <c>htpasswd</c> makes it: <c>$apr1$</c>.</summary>
    Apr1,

    /// <summary>MD5 as in <c>crypt</c>: <c>$1$</c>.</summary>
    Md5Crypt,

    /// <summary>SHA-256 as in <c>crypt</c>: <c>$5$</c>.</summary>
    Sha256Crypt,

    /// <summary>SHA-512 as in <c>crypt</c>: <c>$6$</c>.</summary>
    Sha512Crypt,

    /// <summary>bcrypt: <c>$2a$</c>, <c>$2b$</c> and <c>$2y$</c>.</summary>
    Bcrypt,

    /// <summary>DES as in the oldest <c>crypt</c>: 13 characters, of which two are the salt.</summary>
    DesCrypt,
}
