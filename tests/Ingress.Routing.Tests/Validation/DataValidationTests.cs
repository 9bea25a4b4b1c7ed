using System.Text;
using Ingress.Routing.Diagnostics;
using Ingress.Routing.Model;
using Ingress.Routing.Tests.Shared;

namespace Ingress.Routing.Tests.Validation;

/// <summary>What the API server takes as entries of Secrets and ConfigMaps.</summary>
public sealed class DataValidationTests
{
    private const string Sentinel = "hunter2";

    private static Dictionary<string, ReadOnlyMemory<byte>> Bytes(string key, int length = 1)
        => new() { [key] = Encoding.UTF8.GetBytes(new string('x', length)) };

    [Theory]
    [InlineData("auth")]
    [InlineData(".htpasswd")]
    [InlineData("...")]
    [InlineData("a_b-c.D9")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("..a")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("\u00e9")]
    public void Secret_Key_IsTakenAsByTheApiServer(string key)
    {
        var isTaken = key is "auth" or ".htpasswd" or "a_b-c.D9";
        var table = IngressRouteTable.Compile(new()
        {
            Secrets = [new SecretResource { Metadata = Some.Metadata("t/s"), Data = Bytes(key) }],
            ConfigMaps = [new ConfigMapResource { Metadata = Some.Metadata("t/c"), BinaryData = Bytes(key) }],
        });

        Assert.Equal(isTaken, table.Objects.Secrets.Find(new("t", "s")) is not null);
        Assert.Equal(isTaken, table.Objects.ConfigMaps.Find(new("t", "c")) is not null);
        Assert.Equal(
            isTaken ? [] : ["INGR080 binaryData", "INGR080 data"],
            table.Diagnostics.Select(static item => $"{item.Id} {item.Field}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(253, true)]
    [InlineData(254, false)]
    public void Secret_LengthOfKeys_IsLimited(int length, bool isTaken)
    {
        var table = IngressRouteTable.Compile(new() { Secrets = [new SecretResource { Metadata = Some.Metadata("t/s"), Data = Bytes(new string('a', length)) }] });

        Assert.Equal(isTaken, table.Diagnostics.Count == 0);
    }

    [Theory]
    [InlineData(1024 * 1024, true)]
    [InlineData((1024 * 1024) + 1, false)]
    public void Entries_OfMoreThanAMebibyte_AreRefused(int length, bool isTaken)
    {
        var table = IngressRouteTable.Compile(new()
        {
            Secrets = [new SecretResource { Metadata = Some.Metadata("t/s"), Data = Bytes("a", length) }],
            ConfigMaps =
            [
                new ConfigMapResource { Metadata = Some.Metadata("t/c"), Data = new Dictionary<string, string> { ["a"] = "x" }, BinaryData = Bytes("b", length - 1) },
            ],
        });

        Assert.Equal(
            isTaken ? [] : [FieldErrorKind.TooLong, FieldErrorKind.TooLong],
            table.Diagnostics.Select(static item => item.FieldError!.Value));
    }

    [Fact]
    public void ConfigMap_KeyInBothMaps_IsRefused()
    {
        var table = IngressRouteTable.Compile(new()
        {
            ConfigMaps = [new ConfigMapResource { Metadata = Some.Metadata("t/c"), Data = new Dictionary<string, string> { ["a"] = "x" }, BinaryData = Bytes("a") }],
        });

        Assert.Equal("INGR080 binaryData", Assert.Single(table.Diagnostics.Select(static item => $"{item.Id} {item.Field}")));
    }

    [Fact]
    public void SecretsAndConfigMaps_WhateverIsWrong_ShowNoValues()
    {
        var secret = new SecretResource { Metadata = Some.Metadata("t/s"), Data = Bytes(Sentinel + " "), KeyPem = Sentinel };
        var configMap = new ConfigMapResource { Metadata = Some.Metadata("t/c"), Data = new Dictionary<string, string> { [Sentinel + " "] = Sentinel } };
        var table = IngressRouteTable.Compile(new() { Secrets = [secret], ConfigMaps = [configMap] });

        Assert.Equal("Secret/t/s ConfigMap/t/c", $"{secret} {configMap}");
        Assert.DoesNotContain(table.Diagnostics, static item => item.ToString().Contains(Sentinel, StringComparison.Ordinal));
        Assert.DoesNotContain(Sentinel, secret.Data.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Equals_SameBytesElsewhere_IsTheSame()
    {
        var metadata = Some.Metadata("t/s");

        Assert.Equal(new SecretResource { Metadata = metadata, Data = Bytes("a") }, new SecretResource { Metadata = metadata, Data = Bytes("a") });
        Assert.NotEqual(new SecretResource { Metadata = metadata, Data = Bytes("a") }, new SecretResource { Metadata = metadata, Data = Bytes("a", 2) });
        Assert.NotEqual(new SecretResource { Metadata = metadata, Data = Bytes("a") }, new SecretResource { Metadata = metadata, Data = Bytes("b") });
    }
}
