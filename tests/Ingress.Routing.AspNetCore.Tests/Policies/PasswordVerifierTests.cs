using System.Text;
using Ingress.Routing.AspNetCore.Passwords;
using Ingress.Routing.Policies;

namespace Ingress.Routing.AspNetCore.Tests.Policies;

/// <summary>Every form of hash that nginx takes, against what other programs make.</summary>
public sealed class PasswordVerifierTests
{
    [Fact]
    public void Verify_HashesOfOthers_AdmitThePasswordAlone()
    {
        foreach (var (password, text) in PasswordVectors.Read())
        {
            Assert.True(PasswordHash.TryParse(PasswordFile.NameOf(Encoding.UTF8.GetBytes(text)), out var hash, out var problem), $"{text}: {problem}");
            Assert.True(Verify(password, hash), $"{password} {text}");
            Assert.False(Verify("x" + password, hash), $"x{password} {text}");
            Assert.False(password.Length > 0 && Verify(password[..^1], hash) && hash.Scheme != PasswordScheme.DesCrypt, $"shorter {password} {text}");
            Assert.False(Verify(text, hash), text);
        }
    }

    [Fact]
    public void Vectors_HaveEveryScheme()
        => Assert.Equal(
            Enum.GetValues<PasswordScheme>(),
            PasswordVectors.Read().Select(static pair => PasswordHash.TryParse(pair.Hash, out var hash, out _) ? hash.Scheme : default).Distinct().Order());

    // As crypt does: its time grows with the length.
    [Theory]
    [InlineData(511, true)]
    [InlineData(512, false)]
    public void Verify_PasswordOfAnyLength_HasABound(int length, bool isTaken)
    {
        var password = new string('a', length);

        Assert.True(PasswordHash.TryParse("{PLAIN}" + password, out var hash, out _));
        Assert.Equal(isTaken, Verify(password, hash));
    }

    [Fact]
    public void Verify_PasswordWithAZero_IsNotTheOneBeforeIt()
    {
        Assert.True(PasswordHash.TryParse(BCrypt.Net.BCrypt.HashPassword("secret", 4), out var hash, out _));

        Assert.True(Verify("secret", hash));
        Assert.False(Verify("secret\0", hash));
        Assert.False(Verify("secret\0more", hash));
    }

    private static bool Verify(string password, PasswordHash hash) => PasswordVerifier.Verify(Encoding.UTF8.GetBytes(password), hash);
}
