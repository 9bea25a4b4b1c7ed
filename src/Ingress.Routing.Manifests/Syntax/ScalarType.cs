namespace Ingress.Routing.Manifests.Syntax;

/// <summary>The types of JSON, to which YAML is reduced before the API server decodes an object.</summary>
internal enum ScalarType
{
    Null,
    Boolean,

    /// <summary>A whole number that fits 64 bits, however it was written: <c>80</c>, <c>0x50</c> and <c>80.0</c> alike.</summary>
    Integer,

    /// <summary>Any other number.</summary>
    Number,
    String,
}
