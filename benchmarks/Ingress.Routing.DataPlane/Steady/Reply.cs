namespace Ingress.Routing.DataPlane.Steady;

/// <summary>What a client got.</summary>
/// <param name="Status">The status.</param>
/// <param name="Generation">By which route table it was matched; zero when the response does not say.</param>
/// <param name="Backend">Which backend has answered; null when none has.</param>
/// <param name="Revision">What a policy has put into the response; null for nothing.</param>
internal readonly record struct Reply(int Status, long Generation, int? Backend, int? Revision)
{
    /// <summary>In which header the gateway names the table.</summary>
    public const string GenerationHeader = "x-ingress-generation";

    /// <summary>In which header a backend names itself.</summary>
    public const string BackendHeader = "x-backend";

    /// <summary>Which header policies set.</summary>
    public const string RevisionHeader = "x-revision";

    /// <summary>In which header a backend says how many bytes of body it got.</summary>
    public const string LengthHeader = "x-body-length";
}
