using System.CommandLine;
using Ingress.Routing.Acme;
using Ingress.Routing.Gateway.Output;

namespace Ingress.Routing.Gateway.CommandLine;

/// <summary><c>certificates</c>: what each host is served with, from which source, and until when.</summary>
internal static class CertificatesCommand
{
    public static Command Create(TextReader input)
    {
        var paths = CommonOptions.Paths();
        var storage = AcmeRunOptions.StorageOption("The folder of 'run --acme-storage', whose certificates are listed too. Nothing in it is changed.");
        var format = CommonOptions.Format("an array of {host, source, secret, issuer, notBefore, notAfter}, all but host and source null where there is none");
        var tableOptions = new TableOptions(hasDefaultBackend: false, hasDefaultCertificate: true);
        var command = new Command(
            "certificates",
            "Lists the hosts that manifests route, with the certificate that each is served with, from which source, and until when.")
        {
            paths,
            storage,
            format,
        };
        tableOptions.AddTo(command);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var error = parsed.InvocationConfiguration.Error;
            var manifests = ManifestInput.Read(parsed.GetRequiredValue(paths), input, tableOptions.Read(parsed));
            if (!manifests.ReportErrors(error))
            {
                return ExitCode.Usage;
            }

            IReadOnlyList<AcmeCertificate> kept = [];
            if (parsed.GetValue(storage) is { Length: > 0 } folder)
            {
                if (!Directory.Exists(folder))
                {
                    await error.WriteLineAsync(PrintableText.Escape($"--acme-storage: there is no folder '{folder}'."));
                    return ExitCode.Usage;
                }

                (kept, var problems) = await ReadAsync(folder, cancellationToken);
                foreach (var problem in problems)
                {
                    await error.WriteLineAsync(PrintableText.Escape(problem));
                }
            }

            CertificatePrinter.Write(ServedCertificate.Of(manifests.Table, kept), parsed.GetValue(format), TimeProvider.System.GetUtcNow(), parsed.InvocationConfiguration.Output);
            return ExitCode.Success;
        });
        return command;
    }

    private static async Task<(IReadOnlyList<AcmeCertificate> Kept, IReadOnlyList<string> Problems)> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        try
        {
            return await new AcmeFolder(folder).ListAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or AcmeStorageException)
        {
            return ([], [exception.Message]);
        }
    }
}
