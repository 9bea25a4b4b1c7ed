namespace Ingress.Routing.Gateway.Serving.Observability;

/// <summary>A file that lines are added to. One that was renamed, removed or cut short by a rotation of logs is followed to its successor.</summary>
internal sealed class FileTarget : ILineTarget
{
    private readonly string _path;
    private FileStream? _stream;

    /// <exception cref="AccessLogException">The file cannot be opened.</exception>
    public FileTarget(string path)
    {
        _path = path;
        try
        {
            _stream = Open();
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            throw new AccessLogException($"The access log '{PrintableText.Escape(path)}' cannot be written: {PrintableText.Escape(exception.Message)}", exception);
        }
    }

    public void Write(ReadOnlySpan<byte> lines)
    {
        try
        {
            if (_stream is null || WasMoved(_stream))
            {
                Reopen();
            }

            // Where others have added to it, or a rotation has copied and emptied it, the end is elsewhere.
            if (_stream!.CanSeek)
            {
                _stream.Seek(0, SeekOrigin.End);
            }

            _stream.Write(lines);
            _stream.Flush();
        }
        catch (Exception exception) when (IsOfFile(exception))
        {
            Close();
            throw exception as IOException ?? new IOException(exception.Message, exception);
        }
    }

    public void Reopen()
    {
        Close();
        try
        {
            _stream = Open();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException(exception.Message, exception);
        }
    }

    public void Dispose() => Close();

    private static bool IsOfFile(Exception exception) => exception is IOException or UnauthorizedAccessException;

    // Without a buffer: whole blocks of lines come.
    private FileStream Open() => new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    // The platform tells nothing by which two files could be told apart. A new one is shorter than the one that was moved.
    private bool WasMoved(FileStream stream)
    {
        if (!stream.CanSeek)
        {
            return false;
        }

        var file = new FileInfo(_path);
        return !file.Exists || file.Length != stream.Length;
    }

    private void Close()
    {
        _stream?.Dispose();
        _stream = null;
    }
}
