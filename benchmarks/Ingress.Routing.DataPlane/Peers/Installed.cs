namespace Ingress.Routing.DataPlane.Peers;

/// <summary>Which programs this machine has.</summary>
internal static class Installed
{
    /// <summary>Whether a program is on the PATH or in the folders of the administrator; says so where it is not.</summary>
    public static bool Has(string program)
    {
        var folders = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Concat(["/usr/sbin", "/usr/local/sbin"]);
        if (folders.Any(folder => File.Exists(Path.Combine(folder, program))))
        {
            return true;
        }

        Report.Line($"SKIPPED: there is no {program} on this machine, so nothing is compared with it.");
        return false;
    }
}
