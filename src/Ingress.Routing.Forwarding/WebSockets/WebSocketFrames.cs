namespace Ingress.Routing.Forwarding.WebSockets;

/// <summary>Follows the frames of one direction of a WebSocket (RFC 6455, 5.2), and looks at nothing but where they begin and end.</summary>
internal struct WebSocketFrames
{
    private const byte CloseFrame = 8;
    private const int ShortHeader = 2;

    private int _headerRead;
    private int _lengthBytes;
    private int _maskBytes;
    private ulong _length;
    private ulong _left;

    /// <summary>Whether the next byte begins a frame: here another one can be put in between.</summary>
    public readonly bool IsBetweenFrames => _headerRead == 0 && _left == 0;

    /// <summary>Whether a Close frame has begun, behind which there is none.</summary>
    public bool HasClosed { get; private set; }

    /// <summary>Follows some bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="stopsBetweenFrames">Whether to stop at the first end of a frame.</param>
    /// <returns>How many were followed.</returns>
    public int Follow(ReadOnlySpan<byte> bytes, bool stopsBetweenFrames = false)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            if (_left > 0)
            {
                var count = Math.Min((ulong)(bytes.Length - at), _left);
                at += (int)count;
                _left -= count;
            }
            else
            {
                FollowHeader(bytes[at++]);
            }

            if (stopsBetweenFrames && IsBetweenFrames)
            {
                break;
            }
        }

        return at;
    }

    private void FollowHeader(byte value)
    {
        var index = _headerRead++;
        if (index == 0)
        {
            HasClosed |= (value & 0x0F) == CloseFrame;
            return;
        }

        if (index == 1)
        {
            var length = value & 0x7F;
            _lengthBytes = length switch { 126 => 2, 127 => 8, _ => 0 };
            _length = _lengthBytes == 0 ? (ulong)length : 0;
            _maskBytes = (value & 0x80) != 0 ? 4 : 0;
        }
        else if (index - ShortHeader < _lengthBytes)
        {
            _length = (_length << 8) | value;
        }

        if (_headerRead == ShortHeader + _lengthBytes + _maskBytes)
        {
            _headerRead = 0;
            _left = _length;
        }
    }
}
