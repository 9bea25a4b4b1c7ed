namespace Ingress.Routing.Manifests.Syntax;

/// <summary>Translates byte offsets, asked for in ascending order, to lines and columns. Reads the text once.</summary>
internal struct JsonPositions(byte[] text, int firstLine)
{
    private int _offset;
    private int _line = firstLine;
    private int _column = 1;

    public Position At(int offset)
    {
        for (; _offset < offset; _offset++)
        {
            var value = text[_offset];
            if (value == (byte)'\n')
            {
                _line++;
                _column = 1;
            }
            else if ((value & 0xC0) != 0x80)
            {
                // A first byte of F0 or more begins a character of two UTF-16 units; 10xxxxxx continues one.
                _column += value >= 0xF0 ? 2 : 1;
            }
        }

        return new(_line, _column);
    }
}
