namespace Ingress.Routing.Tests;

public sealed class NamespacedNameTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("default")]
    public void Namespace_Missing_IsDefault(string? value) => Assert.Equal(new("default", "x"), new NamespacedName(value, "x"));

    [Fact]
    public void Default_IdentifiesNothing()
    {
        Assert.Equal("", default(NamespacedName).Name);
        Assert.Equal("default", default(NamespacedName).Namespace);
        Assert.Equal("default/", default(NamespacedName).ToString());
        Assert.Equal(default, new NamespacedName(null, null));
        Assert.Equal(default(NamespacedName).GetHashCode(), new NamespacedName("", "").GetHashCode());
    }

    [Fact]
    public void Equals_HyphensInEitherPart_AreNotMixedUp()
    {
        Assert.NotEqual(new NamespacedName("a-b", "c"), new NamespacedName("a", "b-c")); // trap 13
        Assert.NotEqual(new NamespacedName("a", "b"), new NamespacedName("A", "b"));
    }

    [Fact]
    public void ToString_JoinsWithASlash() => Assert.Equal("t/x", new NamespacedName("t", "x").ToString());

    [Fact]
    public void Ordinal_ComparesTheJoinedText()
    {
        NamespacedName[] names =
        [
            new("team", "a"), new("team", "A"), new("team-a", "x"), new("team", "a-b"), new("team", "a.b"), new("t", "z"),
        ];

        Assert.Equal(
            ["t/z", "team-a/x", "team/A", "team/a", "team/a-b", "team/a.b"],
            names.Order(NamespacedName.Ordinal).Select(name => name.ToString())); // D6a
    }
}
