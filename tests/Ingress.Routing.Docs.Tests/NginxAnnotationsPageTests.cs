using Ingress.Routing.Docs.Tests.Annotations;
using Ingress.Routing.Docs.Tests.Markdown;
using Ingress.Routing.Nginx;

namespace Ingress.Routing.Docs.Tests;

/// <summary>Sends every request of docs/nginx-annotations.md through a gateway to a backend. The table of all names is compared by the tests of the gateway.</summary>
public sealed class NginxAnnotationsPageTests(AnnotationSite site) : IClassFixture<AnnotationSite>
{
    private static readonly MarkdownDocument s_page = MarkdownDocument.Load("docs/nginx-annotations.md");
    private static readonly RouteTableOptions s_options = new() { AnnotationDialects = [NginxAnnotations.CreateDialect(new() { AllowSnippetAnnotations = true })] };

    public static TheoryData<int, string> Rows()
    {
        var data = new TheoryData<int, string>();
        foreach (var row in s_page.Tables.Where(table => AnnotationRow.Recognizes(table.Header)).SelectMany(table => table.Rows))
        {
            data.Add(row.Line, row.Text);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_IsTrue(int line, string text)
    {
        var row = s_page.Tables.SelectMany(table => table.Rows).Single(row => row.Line == line);

        Assert.Equal(text, row.Text);
        await AnnotationRow.RunAsync(row, site, NginxAnnotations.DefaultPrefix, s_options);
    }
}
