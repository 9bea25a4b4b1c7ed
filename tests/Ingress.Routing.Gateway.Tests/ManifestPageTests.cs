namespace Ingress.Routing.Gateway.Tests;

/// <summary>What pages that hold their manifests show of a terminal is what the program writes about these manifests.</summary>
public sealed class ManifestPageTests : IDisposable
{
    private static readonly string[] s_pages = ["docs/explain.md", "docs/linting.md", "docs/convert.md"];

    private readonly ManifestFolder _folder = new();

    public static TheoryData<Transcript> Transcripts() => [.. s_pages.SelectMany(Transcript.Of)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Transcripts))]
    public async Task Command_WritesWhatThePageShows(Transcript transcript)
    {
        transcript.WriteFiles(_folder.Path);

        Assert.Equal(transcript.Output, await transcript.RunAsync(_folder.Path));
    }

    [Fact]
    public void Pages_BeginWithATranscript()
        => Assert.All(s_pages, page => Assert.Equal("```console", File.ReadLines(Path.Combine(RepositoryRoot.Path, page)).ElementAt(2)));
}
