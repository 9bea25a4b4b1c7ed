using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Tests;

public sealed class HeaderSpellingTests
{
    [Theory]
    [InlineData("X_Tenant", true)]
    [InlineData("x.tenant", true)]
    [InlineData("X~TENANT", true)]
    [InlineData("X-Tenant", false)]
    [InlineData("x-tenant", false)]
    [InlineData("X-Tenants", false)]
    [InlineData("XATenant", false)]
    public void IsOther_DiffersInPunctuationAlone(string name, bool expected) => Assert.Equal(expected, HeaderSpelling.IsOther(name, "X-Tenant"));

    [Fact]
    public void RemoveOtherSpellings_TakesOutThoseOfEditedHeaders_AndNothingElse()
    {
        var headers = new HeaderDictionary { ["X-Tenant"] = "ours", ["X_Tenant"] = "spoofed", ["x.debug"] = "spoofed", ["X_Other"] = "kept" };

        HeaderEditing.RemoveOtherSpellings([new(HeaderEditKind.Add, "X-Tenant", null), new(HeaderEditKind.Remove, "X-Debug", null)], headers);

        Assert.Equal(["X-Tenant", "X_Other"], headers.Keys.Order(StringComparer.Ordinal));
    }
}
