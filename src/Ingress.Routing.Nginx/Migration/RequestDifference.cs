namespace Ingress.Routing.Nginx.Migration;

/// <summary>A request that is answered otherwise than under ingress-nginx.</summary>
/// <param name="Cause">Why, in a few words.</param>
/// <param name="Request">A request that shows it.</param>
/// <param name="There">What ingress-nginx does with it.</param>
/// <param name="Here">What is done with it here.</param>
internal sealed record RequestDifference(string Cause, string Request, string There, string Here);
