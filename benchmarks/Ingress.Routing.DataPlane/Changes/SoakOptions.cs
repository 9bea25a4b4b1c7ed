using System.Globalization;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>What <c>soak</c> is asked for.</summary>
internal sealed record SoakOptions
{
    /// <summary>How long it goes on.</summary>
    public double Minutes { get; private init; } = 120;

    /// <summary>How many changes a second there are at most.</summary>
    public int Rate { get; private init; } = 4;

    /// <summary>How many further Ingresses there are.</summary>
    public int Ingresses { get; private init; } = 1_000;

    /// <summary>The program that is measured.</summary>
    public string Gateway { get; private init; } = Peers.Gateway.Built;

    /// <exception cref="ArgumentException">An argument is not known.</exception>
    public static SoakOptions Read(string[] arguments)
    {
        var options = new SoakOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--minutes" => options with { Minutes = double.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--rate" => options with { Rate = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--ingresses" => options with { Ingresses = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--gateway" => options with { Gateway = arguments[++i] },
                _ => throw new ArgumentException($"'{arguments[i]}' is not known.", nameof(arguments)),
            };
        }

        return options;
    }
}
