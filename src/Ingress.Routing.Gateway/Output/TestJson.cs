using System.Text.Json;

namespace Ingress.Routing.Gateway.Output;

/// <summary>Results as <c>test --format json</c> shows them.</summary>
internal sealed record TestJson
{
    public required int Passed { get; init; }

    public required int Failed { get; init; }

    public required IReadOnlyList<Test> Tests { get; init; }

    public static void Write(TestReport report, TextWriter output)
        => output.WriteLine(JsonSerializer.Serialize(From(report), GatewayJson.Lists.TestJson));

    private static TestJson From(TestReport report) => new()
    {
        Passed = report.Passed,
        Failed = report.Failed,
        Tests = [.. report.Results.Select(result => new Test
        {
            Name = result.Expectation.Title,
            Passed = result.IsMet,
            File = result.Expectation.Location?.File,
            Line = result.Expectation.Location?.Line,
            Url = result.Request?.Url,
            ServerName = result.ServerName,
            Answer = result.Answer is null ? null : DiffJson.Answer.From(result.Answer),
            Regions = result.Regions,
            Failures = [.. result.Failures.Select(static failure => new Failure
            {
                Subject = failure.Subject,
                Expected = failure.Expected,
                Actual = failure.Actual,
            })],
            Explanation = result.IsMet ? [] : [.. TestFailureText.Of(report.Table, result)],
        })],
    };

    internal sealed record Test
    {
        public required string Name { get; init; }

        public required bool Passed { get; init; }

        public required string? File { get; init; }

        public required int? Line { get; init; }

        public required string? Url { get; init; }

        public required string? ServerName { get; init; }

        public required DiffJson.Answer? Answer { get; init; }

        /// <summary>How many regions were looked at; a test that something is never reached is proved by all of them.</summary>
        public required int Regions { get; init; }

        public required IReadOnlyList<Failure> Failures { get; init; }

        public required IReadOnlyList<string> Explanation { get; init; }
    }

    internal sealed record Failure
    {
        public required string Subject { get; init; }

        public required string Expected { get; init; }

        public required string Actual { get; init; }
    }
}
