using System.Text;

namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>A text that is written besides by others, line by line.</summary>
internal sealed class TextTarget(TextWriter writer) : ILineTarget
{
    public void Write(ReadOnlySpan<byte> lines) => writer.Write(Encoding.UTF8.GetString(lines));

    public void Reopen()
    {
    }

    // It belongs to others.
    public void Dispose()
    {
    }
}
