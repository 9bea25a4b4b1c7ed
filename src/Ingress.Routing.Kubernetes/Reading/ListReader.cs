using System.Buffers;
using System.Text.Json;
using Ingress.Routing.Kubernetes.Client;

namespace Ingress.Routing.Kubernetes.Reading;

/// <summary>Reads a list as it comes, object by object: no more of it is kept than the largest object (K2).</summary>
internal sealed class ListReader : IDisposable
{
    private const int FirstSize = 64 * 1024;

    // Two of the largest objects that the server stores, as JSON with base64 in it.
    private const int MostOfAnObject = 16 * 1024 * 1024;

    private static readonly TimeSpan s_silence = TimeSpan.FromSeconds(60);

    private readonly string _kind;
    private readonly Item _onItem;
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstSize);
    private int _start;
    private int _end;
    private JsonReaderState _state;
    private bool _isInItems;
    private bool _hasItems;
    private bool _isComplete;
    private string? _version;
    private string? _continue;

    private ListReader(string kind, Item onItem)
    {
        _kind = kind;
        _onItem = onItem;
    }

    /// <summary>Takes one object of the list.</summary>
    /// <param name="json">The object, whole.</param>
    public delegate void Item(ReadOnlySpan<byte> json);

    /// <summary>Reads a body to its end.</summary>
    /// <param name="body">The body of the answer.</param>
    /// <param name="kind">The kind of the objects.</param>
    /// <param name="onItem">Takes each object; the bytes are gone afterwards.</param>
    /// <exception cref="JsonException">It is no list of the kind, or ends too soon.</exception>
    /// <exception cref="IOException">The connection broke.</exception>
    /// <exception cref="TimeoutException">Nothing came for a minute.</exception>
    public static async Task<ListPage> ReadAsync(ResponseBody body, string kind, Item onItem)
    {
        using var reader = new ListReader(kind, onItem);
        while (!reader._isComplete)
        {
            reader.MakeRoom();
            var read = await body.ReadAsync(reader._buffer.AsMemory(reader._end), s_silence).ConfigureAwait(false);
            reader._end += read;
            reader.Advance(isFinal: read == 0);
            if (read == 0 && !reader._isComplete)
            {
                throw new JsonException("The list ends in the middle.");
            }
        }

        return reader is { _hasItems: true, _version: { Length: > 0 } version }
            ? new(version, reader._continue is { Length: > 0 } token ? token : null)
            : throw new JsonException("The answer is no list: it has no version or no items.");
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_buffer, clearArray: true); // Secrets may have been in it

    private void MakeRoom()
    {
        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _buffer.Length)
        {
            if (_buffer.Length >= MostOfAnObject)
            {
                throw new JsonException("An object of the list is too large.");
            }

            var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer, clearArray: true);
            _buffer = larger;
        }
    }

    private void Advance(bool isFinal)
    {
        var reader = new Utf8JsonReader(_buffer.AsSpan(_start, _end - _start), isFinal, _state);
        while (!_isComplete)
        {
            var before = reader;
            if (!(_isInItems ? TakeItem(ref reader) : TakeField(ref reader)))
            {
                reader = before;
                break;
            }
        }

        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
    }

    // The reader may have gone on when it returns false: there is not enough yet.
    private bool TakeField(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        if (reader.CurrentDepth == 0)
        {
            _isComplete = reader.TokenType switch
            {
                JsonTokenType.StartObject => false,
                JsonTokenType.EndObject => true,
                _ => throw new JsonException("The answer is no object."),
            };
            return true;
        }

        var isItems = reader.ValueTextEquals("items"u8);
        var isMetadata = reader.ValueTextEquals("metadata"u8);
        var isKind = reader.ValueTextEquals("kind"u8);
        if (!reader.Read())
        {
            return false;
        }

        if (isItems)
        {
            _hasItems = true;
            _isInItems = reader.TokenType == JsonTokenType.StartArray;
            return _isInItems || reader.TokenType == JsonTokenType.Null ? true : throw new JsonException("The items are no list.");
        }

        if (isKind && reader.TokenType == JsonTokenType.String && reader.GetString() is { Length: > 0 } kind && kind != _kind + "List")
        {
            throw new JsonException($"The answer is a {(kind.Length < 40 ? kind : "thing")} and no {_kind}List.");
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        if (isMetadata)
        {
            ReadMetadata(_buffer.AsSpan(_start + start, (int)reader.BytesConsumed - start));
        }

        return true;
    }

    private bool TakeItem(ref Utf8JsonReader reader)
    {
        if (!reader.Read())
        {
            return false;
        }

        if (reader.TokenType == JsonTokenType.EndArray)
        {
            _isInItems = false;
            return true;
        }

        var start = (int)reader.TokenStartIndex;
        if (!reader.TrySkip())
        {
            return false;
        }

        _onItem(_buffer.AsSpan(_start + start, (int)reader.BytesConsumed - start));
        return true;
    }

    private void ReadMetadata(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        reader.Read();
        if (!JsonValue.IsObject(ref reader))
        {
            return;
        }

        while (JsonValue.NextField(ref reader))
        {
            var isVersion = reader.ValueTextEquals("resourceVersion"u8);
            var isContinue = reader.ValueTextEquals("continue"u8);
            reader.Read();
            if (isVersion && reader.TokenType == JsonTokenType.String)
            {
                _version = reader.GetString();
            }
            else if (isContinue && reader.TokenType == JsonTokenType.String)
            {
                _continue = reader.GetString();
            }
            else
            {
                reader.Skip();
            }
        }
    }
}
