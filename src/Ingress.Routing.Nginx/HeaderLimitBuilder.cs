using Ingress.Routing.Annotations;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Nginx;

/// <summary>What annotations say about the head of a response.</summary>
internal sealed class HeaderLimitBuilder : PolicyBuilder
{
    public const string Name = "proxy-buffer-size";

    private const int Largest = 1024 * 1024;

    private int? _bytes;

    public bool TrySet(string text)
    {
        _bytes = NginxText.TryReadSize(text, out var bytes) && bytes is > 0 and <= Largest ? (int)bytes : null;
        return _bytes is not null;
    }

    /// <inheritdoc />
    protected internal override void Build(PolicyContext context)
    {
        var ofController = (int)Math.Min(context.Settings<NginxOptions>().ProxyBufferSize, Largest);
        context.Add(new ResponseHeaderLimit(_bytes ?? ofController), Name);
    }
}
