using System.Globalization;
using Ingress.Routing.DataPlane.Peers;

namespace Ingress.Routing.DataPlane.Cost;

/// <summary>What <c>cost</c> is asked for.</summary>
internal sealed record CostOptions
{
    /// <summary>Fewer and shorter rounds.</summary>
    public bool IsQuick { get; private init; }

    /// <summary>Lets everything use all processors.</summary>
    public bool IsUnpinned { get; private init; }

    /// <summary>The program that is measured.</summary>
    public string Gateway { get; private init; } = Peers.Gateway.Built;

    /// <summary>Other builds of it, measured beside it, by name.</summary>
    public IReadOnlyList<(string Name, string Program)> Beside { get; private init; } = [];

    /// <summary>The numbers of hosts.</summary>
    public IReadOnlyList<int> Hosts { get; private init; } = [10, 1_000, 10_000];

    /// <summary>The parts that are run; empty for all.</summary>
    public IReadOnlyList<string> Parts { get; private init; } = [];

    /// <summary>Leaves out all but the gateway and the bare forwarder.</summary>
    public bool IsBareOnly { get; private init; }

    /// <summary>Has what waits for a socket go on in the thread that noticed it, in the forwarders beside the gateway.</summary>
    public bool IsInline { get; private init; }

    public int Rounds => IsQuick ? 3 : 7;

    public TimeSpan Round => TimeSpan.FromSeconds(IsQuick ? 1 : 1.5);

    public Processors OfServers => IsUnpinned ? Processors.All : Processors.First;

    public Processors OfOthers => IsUnpinned ? Processors.All : Processors.Others;

    /// <exception cref="ArgumentException">An argument is not known.</exception>
    public static CostOptions Read(string[] arguments)
    {
        var options = new CostOptions();
        for (var i = 0; i < arguments.Length; i++)
        {
            options = arguments[i] switch
            {
                "--quick" => options with { IsQuick = true },
                "--unpinned" => options with { IsUnpinned = true },
                "--bare-only" => options with { IsBareOnly = true },
                "--inline" => options with { IsInline = true },
                "--gateway" => options with { Gateway = arguments[++i] },
                "--beside" => options with { Beside = [.. options.Beside, Pair(arguments[++i])] },
                "--hosts" => options with { Hosts = [.. arguments[++i].Split(',').Select(static text => int.Parse(text, CultureInfo.InvariantCulture))] },
                "--part" => options with { Parts = [.. options.Parts, arguments[++i]] },
                _ => throw new ArgumentException($"'{arguments[i]}' is not known.", nameof(arguments)),
            };
        }

        return options;
    }

    public bool Has(string part) => Parts.Count == 0 || Parts.Contains(part);

    private static (string Name, string Program) Pair(string text)
        => text.Split('=', 2) is [var name, var program] ? (name, program) : throw new ArgumentException($"'{text}' is not NAME=PATH.", nameof(text));
}
