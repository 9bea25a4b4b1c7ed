using Ingress.Routing.Manifests.Syntax;

namespace Ingress.Routing.Manifests.Expectations;

/// <summary>Collects what is wrong with one file.</summary>
internal sealed class ErrorList(string file)
{
    private readonly List<(Position Position, string Message)> _errors = [];

    public string File => file;

    public int Count => _errors.Count;

    public void Add(Position position, string message) => _errors.Add((position, message));

    public IReadOnlyList<ExpectationFileError> ToList() =>
    [
        .. _errors.OrderBy(static error => error.Position.Line).ThenBy(static error => error.Position.Column)
            .Select(error => new ExpectationFileError(new(file, error.Position.Line, error.Position.Column), error.Message)),
    ];
}
