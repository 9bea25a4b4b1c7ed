using System.Text;

namespace Ingress.Routing.Gateway.Serving;

/// <summary>Makes a JSON object of each line, so that whoever reads JSON can read what is meant for people too.</summary>
internal sealed class JsonLineWriter(TextWriter target, JsonLogFormatter formatter, string category) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => target.Encoding;

    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value != '\n')
            {
                _line.Append(value);
                return;
            }

            var text = _line.ToString().TrimEnd('\r');
            _line.Clear();
            if (text.Length > 0)
            {
                target.Write(formatter.Format(category, text) + "\n");
            }
        }
    }

    public override void Write(string? value)
    {
        lock (_lock)
        {
            foreach (var character in value ?? "")
            {
                Write(character);
            }
        }
    }

    public override void WriteLine(string? value) => Write(value + "\n");

    public override Task WriteLineAsync(string? value)
    {
        WriteLine(value);
        return Task.CompletedTask;
    }

    public override void Flush() => target.Flush();
}
