namespace Ingress.Routing.Acme;

/// <summary>How the certificate of a name stands.</summary>
internal enum CertificateStanding
{
    /// <summary>There is none.</summary>
    Missing,

    /// <summary>All is well.</summary>
    Valid,

    /// <summary>It ends within 30 days, or within the last third of its life where that is shorter, and should have been renewed by now.</summary>
    Ending,

    /// <summary>It ends within 7 days, or within the last tenth of its life where that is shorter.</summary>
    Urgent,

    /// <summary>It has ended.</summary>
    Expired,
}
