using Ingress.Routing.Model;

namespace Ingress.Routing.Compilation;

/// <summary>One claim on the certificate of one host (D17).</summary>
/// <param name="Ingress">The Ingress, a served one.</param>
/// <param name="IsExplicit">Whether the entry lists the host; otherwise the certificate names it, which counts after all explicit claims.</param>
/// <param name="Entry">The index of the TLS entry.</param>
/// <param name="Index">The index of the host in the entry, or of the name in the certificate.</param>
/// <param name="Certificate">The certificate; null for the default one.</param>
internal readonly record struct TlsClaim(IngressResource Ingress, bool IsExplicit, int Entry, int Index, TlsCertificate? Certificate)
{
    /// <summary>The claim that goes first.</summary>
    public static int CompareByPrecedence(TlsClaim x, TlsClaim y)
    {
        if (x.IsExplicit != y.IsExplicit)
        {
            return x.IsExplicit ? -1 : 1;
        }

        var order = AgeOrder.Instance.Compare(x.Ingress, y.Ingress);
        return order != 0 ? order : (x.Entry, x.Index).CompareTo((y.Entry, y.Index));
    }
}
