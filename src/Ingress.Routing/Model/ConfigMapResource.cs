namespace Ingress.Routing.Model;

/// <summary>A <c>v1</c> ConfigMap: entries that annotations may refer to.</summary>
/// <remarks><see cref="ToString"/> shows no value: people keep in a ConfigMap what belongs in a Secret.</remarks>
public sealed record ConfigMapResource : KubernetesResource
{
    internal const string KindName = "ConfigMap";

    private readonly ObjectData<string> _data = ObjectData<string>.Empty;
    private readonly ObjectData<ReadOnlyMemory<byte>> _binaryData = ObjectData<ReadOnlyMemory<byte>>.Empty;

    /// <inheritdoc />
    public override string Kind => KindName;

    /// <summary>The entries that are text.</summary>
    public IReadOnlyDictionary<string, string> Data
    {
        get => _data;
        init => _data = ObjectData<string>.Of(value);
    }

    /// <summary>The entries that are bytes, decoded.</summary>
    public IReadOnlyDictionary<string, ReadOnlyMemory<byte>> BinaryData
    {
        get => _binaryData;
        init => _binaryData = ObjectData<ReadOnlyMemory<byte>>.Of(value);
    }

    /// <summary>Returns how diagnostics name the ConfigMap, and nothing of its content.</summary>
    public override string ToString() => Reference.ToString();
}
