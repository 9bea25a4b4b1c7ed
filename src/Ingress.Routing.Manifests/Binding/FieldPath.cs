using System.Globalization;

namespace Ingress.Routing.Manifests.Binding;

/// <summary>A field as the API server writes it; a chain of names, so that the text is made only when something is wrong.</summary>
internal sealed class FieldPath
{
    private readonly FieldPath? _parent;
    private readonly string _name;
    private readonly int _index;
    private readonly bool _isKey;

    private FieldPath(FieldPath? parent, string name, int index = -1, bool isKey = false)
    {
        _parent = parent;
        _name = name;
        _index = index;
        _isKey = isKey;
    }

    /// <summary>The object itself.</summary>
    public static FieldPath Root { get; } = new(null, "");

    /// <summary>Whether what is below are keys that users choose, which the API server writes in brackets.</summary>
    public bool IsMap => _name is "annotations" or "labels" or "data" or "stringData";

    public FieldPath Field(string name) => new(this, name);

    public FieldPath Item(int index) => new(this, "", index);

    /// <summary>An entry of a map, such as one annotation.</summary>
    public FieldPath Key(string key) => new(this, key, isKey: true);

    public override string ToString()
    {
        if (_parent is null)
        {
            return "";
        }

        var parent = _parent.ToString();
        if (_index >= 0)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{parent}[{_index}]");
        }

        if (_isKey)
        {
            return $"{parent}[{_name}]";
        }

        return parent.Length == 0 ? _name : $"{parent}.{_name}";
    }
}
