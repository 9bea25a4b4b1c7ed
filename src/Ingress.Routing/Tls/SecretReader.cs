using Ingress.Routing.Model;

namespace Ingress.Routing.Tls;

/// <summary>Reads certificates and authorities out of Secrets, each once, and keeps with a Secret what was found.</summary>
/// <remarks>Thread-safe: where two read at once, both get what the first one kept.</remarks>
internal static class SecretReader
{
    extension(SecretResource secret)
    {
        /// <summary>Why the authorities that were stored cannot be used. Null as well when none were: to take them out is to trust no one.</summary>
        public string? AuthoritiesProblem => string.IsNullOrWhiteSpace(secret.AuthoritiesPem) ? null : secret.ReadOwnAuthorities().Problem;

        /// <summary>The certificate, or why there is none; both when that of an earlier version stands in.</summary>
        public TlsSecretReading Read()
        {
            var own = secret.ReadOwn();
            return own.Certificate is null && secret.LastGood?.ReadOwn().Certificate is { } kept ? own with { Certificate = kept } : own;
        }

        /// <summary>The authorities for client certificates, or why there are none; those of an earlier version when this one's are broken.</summary>
        public ClientAuthorities ReadAuthorities()
        {
            var own = secret.ReadOwnAuthorities();
            return secret.AuthoritiesProblem is not null && secret.LastGood?.ReadOwnAuthorities() is { Problem: null } kept ? kept : own;
        }

        /// <summary>This Secret, knowing what came before it: with its last good version if it needs one, and with what is read already.</summary>
        /// <param name="earlier">The version in force.</param>
        public SecretResource Following(SecretResource earlier)
        {
            if (secret.LastGood is not null || secret.Equals(earlier))
            {
                return secret.LastGood is null ? earlier : secret;
            }

            var isSame = secret.HasEntryOf(earlier, SecretResource.CertificateEntry) && secret.HasEntryOf(earlier, SecretResource.KeyEntry);
            var lastGood = secret.LastGoodAfter(earlier, isSame);
            if (!isSame)
            {
                return lastGood is null ? secret : secret.WithLastGood(lastGood);
            }

            // The same certificate stays the same instance, and with it everything that was made of it, such as sessions that can be resumed.
            return secret.WithEntriesOf(earlier, lastGood, SecretResource.CertificateEntry, SecretResource.KeyEntry);
        }

        private SecretResource? LastGoodAfter(SecretResource earlier, bool isSame)
        {
            SecretResource?[] versions = [earlier, earlier.LastGood];
            var lastGood = isSame && earlier.LastGood is null ? null // then both give one, or neither does
                : secret.ReadOwn().Certificate is not null ? null
                : versions.FirstOrDefault(static version => version?.ReadOwn().Certificate is not null);
            if (lastGood is null && secret.AuthoritiesProblem is not null)
            {
                lastGood = versions.FirstOrDefault(static version
                    => version?.Data.ContainsKey(SecretResource.AuthoritiesEntry) == true && version.ReadOwnAuthorities().Problem is null);
            }

            // No version keeps another one alive.
            return lastGood?.LastGood is null ? lastGood : lastGood.WithLastGood(null);
        }

        // Kept is the certificate itself, which nearly all have: a reading for each Secret would be 32 bytes more.
        private TlsSecretReading ReadOwn()
        {
            ref var kept = ref secret.CertificateReading;
            if (Volatile.Read(ref kept) is null)
            {
                var reading = TlsSecretReading.Of(secret);
                Interlocked.CompareExchange(ref kept, (object?)reading.Certificate ?? reading, null);
            }

            return kept is TlsCertificate certificate ? new(certificate, null) : (TlsSecretReading)kept!;
        }

        private ClientAuthorities ReadOwnAuthorities()
        {
            ref var kept = ref secret.AuthoritiesReading;
            if (Volatile.Read(ref kept) is null)
            {
                Interlocked.CompareExchange(ref kept, ClientAuthorities.Of(secret.AuthoritiesPem, secret.RevocationListsPem), null);
            }

            return (ClientAuthorities)kept!;
        }
    }
}
