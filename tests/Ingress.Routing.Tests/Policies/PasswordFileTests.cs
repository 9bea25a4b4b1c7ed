using System.Text;
using Ingress.Routing.Policies;

namespace Ingress.Routing.Tests.Policies;

public sealed class PasswordFileTests
{
    private static readonly string s_bcrypt = new string('a', 53);

    [Theory]
    [InlineData("{PLAIN}secret", PasswordScheme.Plain)]
    [InlineData("{PLAIN}", PasswordScheme.Plain)]
    [InlineData("{SHA}5en6G6MezRroT3XKqkdPOmY/BfQ=", PasswordScheme.Sha1)]
    [InlineData("{SSHA}GCVetf5oMda1iOzY3uPFNus1QZUBAv8Ac2FsdA==", PasswordScheme.SaltedSha1)]
    [InlineData("$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ/", PasswordScheme.Apr1)]
    [InlineData("$1$saltsalt$9xy1btjgzLYfb7hivXtC//", PasswordScheme.Md5Crypt)]
    [InlineData("$5$rounds=200000$s$jNBWuyRRt570O5bSllou1aaAY7HMStZbxDBT2Z8DQw3", PasswordScheme.Sha256Crypt)]
    [InlineData("abNANd1rDfiNc", PasswordScheme.DesCrypt)]
    public void Hash_OfAKnownForm_IsTaken(string text, PasswordScheme scheme)
    {
        Assert.True(PasswordHash.TryParse(text, out var hash, out var problem), problem);
        Assert.Equal((scheme, text), (hash.Scheme, hash.Text));
        Assert.Equal(scheme.ToString(), hash.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("secret")]
    [InlineData("{plain}secret")]
    [InlineData("{SHA}5en6")]
    [InlineData("{SHA}not base64 at all!!!!!!!!!")]
    [InlineData("{SSHA}5en6")]
    [InlineData("$apr1$abcdefgh$h9FWgUz3n9YxylKLlR5SQ")]
    [InlineData("$apr1$saltthatistoolong$h9FWgUz3n9YxylKLlR5SQ/")]
    [InlineData("$5$rounds=x$s$jNBWuyRRt570O5bSllou1aaAY7HMStZbxDBT2Z8DQw3")]
    [InlineData("$5$rounds=1000")]
    [InlineData("$y$j9T$salt$hash")]
    [InlineData("$2x$10$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW")]
    [InlineData("$2b$1$abcdefghijklmnopqrstuu2r9OfJnfCsdneAXAGHnS4UpFFP8WIrW")]
    [InlineData("abNANd1rDfiN")]
    [InlineData("abNANd1rDfi!c")]
    public void Hash_OfNoKnownForm_IsRefusedWithoutShowingIt(string text)
    {
        Assert.False(PasswordHash.TryParse(text, out _, out var problem));
        Assert.Equal("is no hash that is known here", problem);
    }

    // A hash that takes more than a second lets one client stop the gateway.
    [Theory]
    [InlineData(4, true)]
    [InlineData(13, true)]
    [InlineData(14, false)]
    [InlineData(31, false)]
    public void Bcrypt_CostIsBounded(int cost, bool isTaken)
    {
        Assert.Equal(isTaken, PasswordHash.TryParse($"$2y${cost:D2}${s_bcrypt}", out _, out var problem));
        Assert.Equal(isTaken, problem is null);
        Assert.True(isTaken || problem!.StartsWith("takes more than a second", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(200_000, true)]
    [InlineData(200_001, false)]
    [InlineData(999_999_999, false)]
    public void ShaCrypt_RoundsAreBounded(int rounds, bool isTaken)
        => Assert.Equal(isTaken, PasswordHash.TryParse($"$6$rounds={rounds}$salt${new string('a', 86)}", out _, out _));

    [Fact]
    public void Parse_File_IsReadAsNginxDoes()
    {
        var users = PasswordFile.Parse("# comment\n\nann:{PLAIN}one:a comment\r\n ben:{PLAIN}two\nann:{PLAIN}other\nnothing\n#no:{PLAIN}x\né:{PLAIN}three\n:{PLAIN}nobody\nlast:abc"u8);

        Assert.Equal(["{PLAIN}one", "{PLAIN}two", "{PLAIN}three", "{PLAIN}nobody"], new[] { "ann", " ben", "\u00c3\u00a9", "" }.Select(name => HashOf(users, name)));
        Assert.Null(HashOf(users, "last"));
        Assert.Equal(["Line 6 of its file is not 'user:hash'", "Line 10 of its file is no hash that is known here"], users.Problems.ToArray());
        Assert.Equal("4 users", users.ToString());
    }

    [Fact]
    public void Read_Map_TakesEachEntryForAUser()
    {
        var data = new Dictionary<string, ReadOnlyMemory<byte>> { ["ann"] = Bytes("{PLAIN}one\n"), ["ben"] = Bytes("nothing") };

        var users = PasswordFile.Read(data, PasswordFileFormat.Map, out _)!;

        Assert.Equal("{PLAIN}one", HashOf(users, "ann"));
        Assert.Equal(["One of its entries is no hash that is known here"], users.Problems.ToArray());
    }

    [Fact]
    public void Read_FileWithoutItsEntry_IsNoFile()
    {
        Assert.Null(PasswordFile.Read(new Dictionary<string, ReadOnlyMemory<byte>> { ["other"] = Bytes("a:{PLAIN}b") }, PasswordFileFormat.File, out var problem));
        Assert.Contains("'auth'", problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Describe_Passwords_ShowsNeitherNamesNorHashes()
    {
        var policy = new BasicAuthentication("Staff", PasswordFile.Parse("hunter:{PLAIN}hunter2"u8));

        Assert.DoesNotContain("hunter", $"{policy} {policy.Describe()}", StringComparison.Ordinal);
        Assert.Equal(policy, new BasicAuthentication("Staff", PasswordFile.Parse("hunter:{PLAIN}hunter2"u8)));
        Assert.NotEqual(policy, new BasicAuthentication("Staff", PasswordFile.Parse("hunter:{PLAIN}hunter3"u8)));
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string? HashOf(PasswordFile users, string name) => users.TryFind(name, out var hash) ? hash.Text : null;
}
