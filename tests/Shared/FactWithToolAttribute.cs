namespace Ingress.Routing.Tests.Shared;

/// <summary>A test that runs a program of somebody else, and says so when it is skipped without it.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithToolAttribute : FactAttribute
{
    /// <param name="tool">The name of the program on the PATH.</param>
    public FactWithToolAttribute(string tool)
    {
        Tool = tool;
        Skip = ExternalTool.ReasonToSkip(tool);
    }

    public string Tool { get; }
}
