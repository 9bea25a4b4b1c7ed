using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Ingress.Routing.Gateway.DevCertificates;

/// <summary>Where the development CA is kept: made at the first start, read at all others, and never replaced.</summary>
/// <param name="path">The folder.</param>
internal sealed class DevCertificateFolder(string path)
{
    private readonly string _authority = Path.Combine(path, "authority");

    /// <summary>The folder of the user for data of programs on this machine; on Linux that is <c>XDG_DATA_HOME</c>.</summary>
    public static string DefaultPath { get; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        "ingress-gateway",
        "dev-certificates");

    /// <summary>The certificate of the CA, which clients are to trust.</summary>
    public string CertificatePath => Path.Combine(_authority, "ca.pem");

    /// <summary>The key of the CA.</summary>
    public string KeyPath => Path.Combine(_authority, "ca.key");

    /// <summary>Reads the CA, and makes it if there is none.</summary>
    /// <param name="time">Says what has expired.</param>
    /// <exception cref="DevCertificateException">It cannot be used. Nothing was changed.</exception>
    public DevCertificateAuthority Open(TimeProvider time)
    {
        try
        {
            if (!Path.IsPathFullyQualified(path))
            {
                throw new DevCertificateException(
                    "This user has no folder for data, so there is no place for the development CA. Name one with --dev-certificates-folder.");
            }

            CheckFolder();
            if (!File.Exists(CertificatePath) && !File.Exists(KeyPath))
            {
                Create(time.GetUtcNow());
            }

            CheckAuthority();
            return Read(time.GetUtcNow());
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new DevCertificateException($"The development CA in '{_authority}' cannot be made or read: {exception.Message}", exception);
        }
    }

    // Both files arrive at once and whole, with their folder: a rename never replaces a folder that has something in it. So of two gateways that
    // start at the same time one is too late, and reads what the other one has made.
    private void Create(DateTimeOffset now)
    {
        OwnerOnly.CreateFolder(path);
        var draft = Path.Combine(path, ".new-" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)));
        try
        {
            OwnerOnly.CreateFolder(draft);
            using (var authority = DevCertificateAuthority.Create(now, out var keyPem))
            {
                OwnerOnly.WriteFile(Path.Combine(draft, Path.GetFileName(KeyPath)), keyPem + "\n");
                OwnerOnly.WriteFile(Path.Combine(draft, Path.GetFileName(CertificatePath)), authority.ExportCertificatePem() + "\n");
            }

            RemoveEmptyAuthority();
            Directory.Move(draft, _authority);
        }
        catch (IOException) when (File.Exists(CertificatePath))
        {
            // The other one was faster.
        }
        finally
        {
            if (Directory.Exists(draft))
            {
                Directory.Delete(draft, recursive: true);
            }
        }
    }

    // To start again, only the files may have been removed.
    private void RemoveEmptyAuthority()
    {
        try
        {
            Directory.Delete(_authority, recursive: false);
        }
        catch (IOException)
        {
            // It is not there, or has just been filled.
        }
    }

    // A folder that was there before may be read by others, but not hold what others have put into it.
    private void CheckFolder()
    {
        if (Directory.Exists(path) && OwnerOnly.IsWritableByOthers(path, out var mode))
        {
            throw Open(path, mode, "700");
        }
    }

    // Refused and not tightened: a key that others could read may have been read, and clients trust it.
    private void CheckAuthority()
    {
        if (OwnerOnly.IsOpenToOthers(_authority, out var mode))
        {
            throw Open(_authority, mode, "700");
        }

        if (File.Exists(KeyPath) && OwnerOnly.IsOpenToOthers(KeyPath, out mode))
        {
            throw Open(KeyPath, mode, "600");
        }
    }

    private DevCertificateException Open(string open, string mode, string wanted) => new(
        $"'{open}' is open to other users (mode {mode}), so the development CA is not used: anyone with its key can pose as any site to clients "
        + $"that trust it. If this machine has no other users, run 'chmod {wanted}' on it. Otherwise {StartAgain}");

    private DevCertificateAuthority Read(DateTimeOffset now)
    {
        if (!File.Exists(CertificatePath) || !File.Exists(KeyPath))
        {
            throw Unusable($"'{(File.Exists(KeyPath) ? CertificatePath : KeyPath)}' is missing");
        }

        X509Certificate2 certificate;
        try
        {
            certificate = X509Certificate2.CreateFromPem(File.ReadAllText(CertificatePath), File.ReadAllText(KeyPath));
        }
        catch (Exception exception) when (exception is CryptographicException or ArgumentException)
        {
            throw Unusable("the files hold no certificate with its key");
        }

        var authority = new DevCertificateAuthority(certificate);
        return authority.Problem(now) is { } problem ? throw Unusable(problem) : authority;
    }

    private DevCertificateException Unusable(string problem) => new(
        $"The development CA cannot be used: {problem}. Its files are '{CertificatePath}' and '{KeyPath}'; they are left as they are. "
        + $"Restore them, or {StartAgain}");

    private string StartAgain => $"delete '{_authority}', and the certificate wherever it is trusted; the next start makes a new CA.";
}
