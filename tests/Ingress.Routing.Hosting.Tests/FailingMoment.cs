namespace Ingress.Routing.Hosting.Tests;

/// <summary>The calls that a watch makes.</summary>
public enum FailingMoment
{
    /// <summary>Asking for the enumeration.</summary>
    Watch,

    /// <summary>Asking for the enumerator.</summary>
    Enumerate,

    /// <summary>Asking for the next item.</summary>
    Move,

    /// <summary>Waiting for the next item.</summary>
    Wait,

    /// <summary>Taking the item.</summary>
    Take,

    /// <summary>Ending the enumeration.</summary>
    End,

    /// <summary>The item is null.</summary>
    Null,
}
