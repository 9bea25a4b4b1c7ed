namespace Ingress.Routing.Compilation;

/// <summary>A field as the API server writes it, such as <c>spec.rules[0].http.paths[2].path</c>; text only when something is reported.</summary>
/// <remarks>Nearly every field is right, and there are millions of them.</remarks>
internal readonly struct FieldPath
{
    private readonly string _list;
    private readonly int _index;
    private readonly string? _innerList;
    private readonly int _innerIndex;
    private readonly string? _parent;
    private readonly string? _field;

    private FieldPath(string list, int index, string? innerList, int innerIndex, string? parent, string? field)
    {
        _list = list;
        _index = index;
        _innerList = innerList;
        _innerIndex = innerIndex;
        _parent = parent;
        _field = field;
    }

    public static implicit operator FieldPath(string field) => new(field, -1, null, 0, null, null);

    /// <summary>One item of a list.</summary>
    public static FieldPath Item(string list, int index) => new(list, index, null, 0, null, null);

    /// <summary>One item of a list within this item.</summary>
    /// <param name="list">The inner list, with its leading dot.</param>
    /// <param name="index">The index of the item.</param>
    public FieldPath InnerItem(string list, int index) => new(_list, _index, list, index, null, null);

    /// <summary>A field of this one, at most two levels down.</summary>
    /// <param name="field">The field, with its leading dot.</param>
    public FieldPath Field(string field) => _parent is null
        ? new(_list, _index, _innerList, _innerIndex, field, null)
        : new(_list, _index, _innerList, _innerIndex, _parent, _field + field);

    public override string ToString()
    {
        var item = _index < 0 ? _list : $"{_list}[{_index}]";
        var inner = _innerList is null ? "" : $"{_innerList}[{_innerIndex}]";
        return $"{item}{inner}{_parent}{_field}";
    }
}
