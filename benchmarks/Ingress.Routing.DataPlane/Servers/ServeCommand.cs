using System.Globalization;

namespace Ingress.Routing.DataPlane.Servers;

/// <summary><c>serve</c>: what the other commands start in processes of their own. Each ends with its standard input, so that it never outlives its parent.</summary>
internal static class ServeCommand
{
    public static async Task<int> RunAsync(string server, string[] arguments)
    {
        var port = int.Parse(arguments[0], CultureInfo.InvariantCulture);
        switch (server)
        {
            case "backend":
                FixedBackend.Start(port);
                break;
            case "bare":
                await BareForwarder.StartAsync(port, ForwarderSettings.Read(arguments));
                break;
            case "yarp":
                await YarpRoutes.StartAsync(port, ForwarderSettings.Read(arguments));
                break;
            default:
                Report.Line($"There is no server '{server}'.");
                return 2;
        }

        while (Console.ReadLine() is not null)
        {
        }

        return 0;
    }
}
