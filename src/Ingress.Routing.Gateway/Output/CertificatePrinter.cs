using System.Globalization;
using System.Text.Json;
using Ingress.Routing.Gateway.CommandLine;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Writes what hosts are served with, for people and for programs.</summary>
internal static class CertificatePrinter
{
    public static void Write(IReadOnlyList<ServedCertificate> certificates, OutputFormat format, DateTimeOffset now, TextWriter output)
    {
        if (format == OutputFormat.Json)
        {
            output.WriteLine(JsonSerializer.Serialize(certificates, GatewayJson.Lists.IReadOnlyListServedCertificate));
            return;
        }

        var table = new TextTable();
        table.Add("HOST", "SOURCE", "ISSUER", "UNTIL");
        foreach (var certificate in certificates)
        {
            table.Add(certificate.Host, SourceOf(certificate), certificate.Issuer ?? "", UntilOf(certificate, now));
        }

        table.Write(output);
    }

    private static string SourceOf(ServedCertificate certificate) => certificate.Source switch
    {
        "acme" => "ACME",
        "none" => "none: handshakes are refused",
        "default" => $"default, Secret {certificate.Secret}: for other names",
        _ => $"Secret {certificate.Secret}",
    };

    private static string UntilOf(ServedCertificate certificate, DateTimeOffset now)
    {
        if (certificate.NotAfter is not { } until)
        {
            return "";
        }

        var days = (until - now).TotalDays;
        var rest = days < 0 ? "expired" : days < 2 ? $"{(until - now).TotalHours.ToString("0", CultureInfo.InvariantCulture)} hours" : $"{Math.Floor(days).ToString("0", CultureInfo.InvariantCulture)} days";
        return $"{until.UtcDateTime.ToString("u", CultureInfo.InvariantCulture)} ({rest})";
    }
}
