namespace Ingress.Routing.Gateway.Output;

/// <summary>Colours for people at a terminal; plain text for everything else.</summary>
/// <param name="isColoured">Whether escape sequences are written.</param>
internal sealed class TerminalStyle(bool isColoured)
{
    /// <summary>No colours.</summary>
    public static TerminalStyle Plain { get; } = new(false);

    /// <summary>Colours exactly when the writer is a terminal that wants them (NO_COLOR, no-color.org).</summary>
    public static TerminalStyle For(TextWriter output) => new(
        ReferenceEquals(output, Console.Out)
            && !Console.IsOutputRedirected
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb");

    public string Good(string text) => Write("1;32", text);

    public string Bad(string text) => Write("1;31", text);

    public string Doubtful(string text) => Write("33", text);

    public string Heading(string text) => Write("1", text);

    public string Faint(string text) => Write("2", text);

    private string Write(string code, string text) => isColoured && text.Length > 0 ? $"\e[{code}m{text}\e[0m" : text;
}
