using System.Globalization;

namespace Ingress.Routing.DataPlane.Changes;

/// <summary>What <c>changes</c> is asked for.</summary>
internal sealed record ChangesOptions
{
    /// <summary>How long it goes on for each number of Ingresses.</summary>
    public double Minutes { get; private init; } = 2;

    /// <summary>How many changes a second there are at most, while there are changes.</summary>
    public int Rate { get; private init; } = 20;

    /// <summary>How many further Ingresses there are.</summary>
    public IReadOnlyList<int> Ingresses { get; private init; } = [10, 10_000];

    /// <summary>The program that is measured.</summary>
    public string Gateway { get; private init; } = Peers.Gateway.Built;

    /// <exception cref="ArgumentException">An argument is not known.</exception>
    public static ChangesOptions Read(string[] arguments)
    {
        var options = new ChangesOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--minutes" => options with { Minutes = double.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--rate" => options with { Rate = int.Parse(arguments[++i], CultureInfo.InvariantCulture) },
                "--ingresses" => options with { Ingresses = [.. arguments[++i].Split(',').Select(static text => int.Parse(text, CultureInfo.InvariantCulture))] },
                "--gateway" => options with { Gateway = arguments[++i] },
                _ => throw new ArgumentException($"'{arguments[i]}' is not known.", nameof(arguments)),
            };
        }

        return options;
    }
}
