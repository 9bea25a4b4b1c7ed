namespace Ingress.Routing.Tests.Shared;

/// <summary>A theory that runs a program of somebody else, and says so when it is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class TheoryWithToolAttribute : TheoryAttribute
{
    /// <param name="tool">The name of the program on the PATH.</param>
    public TheoryWithToolAttribute(string tool)
    {
        Tool = tool;
        Skip = ExternalTool.ReasonToSkip(tool);
    }

    public string Tool { get; }
}
