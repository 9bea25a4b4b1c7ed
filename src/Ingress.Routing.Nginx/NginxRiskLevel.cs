namespace Ingress.Routing.Nginx;

/// <summary>How much harm an annotation can do, as ingress-nginx ranks them.</summary>
public enum NginxRiskLevel
{
    /// <summary>Low.</summary>
    Low,

    /// <summary>Medium.</summary>
    Medium,

    /// <summary>High.</summary>
    High,

    /// <summary>The snippets.</summary>
    Critical,
}
