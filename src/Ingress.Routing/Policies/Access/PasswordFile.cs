using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Ingress.Routing.Policies;

/// <summary>Users and the hashes of their passwords. Immutable; compared by content. Neither is ever shown.</summary>
public sealed class PasswordFile : IEquatable<PasswordFile>
{
    private const string FileEntry = "auth";

    private readonly ImmutableSortedDictionary<string, PasswordHash> _users;

    private PasswordFile(ImmutableSortedDictionary<string, PasswordHash> users, ImmutableArray<string> problems)
    {
        _users = users;
        Problems = problems;
    }

    /// <summary>How many users there are.</summary>
    public int Count => _users.Count;

    /// <summary>The entries that count for nothing, and why: sentences without their full stop, without names and hashes.</summary>
    public ImmutableArray<string> Problems { get; }

    /// <summary>One of the hashes: what a user that there is not is compared with, so that it takes as long. Null when there is none.</summary>
    public PasswordHash? Sample => _users.Count > 0 ? _users.First().Value : null;

    /// <summary>Reads the users of a Secret.</summary>
    /// <param name="data">Its entries.</param>
    /// <param name="format">How they are written.</param>
    /// <param name="problem">Why they cannot be read, as a sentence without its full stop; empty when they can.</param>
    /// <returns>The users; null when they cannot be read.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="data"/> is null.</exception>
    public static PasswordFile? Read(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> data, PasswordFileFormat format, out string problem)
    {
        ArgumentNullException.ThrowIfNull(data);
        problem = "";
        if (format == PasswordFileFormat.Map)
        {
            return Of(data);
        }

        if (data.TryGetValue(FileEntry, out var text))
        {
            return Parse(text.Span);
        }

        problem = $"The Secret has no entry '{FileEntry}' with a file of 'htpasswd'";
        return null;
    }

    /// <summary>Reads a file of <c>htpasswd</c>, as nginx does: <c>user:hash</c> or <c>user:hash:comment</c> a line, and comments behind <c>#</c>.</summary>
    /// <param name="text">The file. Of several lines for one user the first counts.</param>
    public static PasswordFile Parse(ReadOnlySpan<byte> text)
    {
        var users = ImmutableSortedDictionary.CreateBuilder<string, PasswordHash>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<string>();
        var number = 0;
        foreach (var range in text.Split((byte)'\n'))
        {
            number++;
            var line = NameOf(text[range]).TrimEnd('\r');
            if (line.Length > 0 && line[0] != '#')
            {
                Read(line.Split(':'), $"Line {number.ToString(CultureInfo.InvariantCulture)} of its file", users, problems);
            }
        }

        return new(users.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Takes each entry of a Secret for one user.</summary>
    /// <param name="entries">The hashes by user.</param>
    /// <exception cref="ArgumentNullException"><paramref name="entries"/> is null.</exception>
    public static PasswordFile Of(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> entries)
    {
        ArgumentNullException.ThrowIfNull(entries);
        var users = ImmutableSortedDictionary.CreateBuilder<string, PasswordHash>(StringComparer.Ordinal);
        var problems = ImmutableArray.CreateBuilder<string>();
        foreach (var (user, hash) in entries)
        {
            var line = NameOf(hash.Span).Split('\n')[0].TrimEnd('\r');
            Read([user, .. line.Split(':')], "One of its entries", users, problems);
        }

        return new(users.ToImmutable(), problems.ToImmutable());
    }

    /// <summary>Finds the hash of a user.</summary>
    /// <param name="user">The name as the client sends it, one character for each byte.</param>
    /// <param name="hash">The hash.</param>
    public bool TryFind(string user, out PasswordHash hash) => _users.TryGetValue(user, out hash);

    /// <summary>A name of which only the bytes are known: one character for each.</summary>
    /// <param name="bytes">The bytes.</param>
    public static string NameOf(ReadOnlySpan<byte> bytes) => Encoding.Latin1.GetString(bytes);

    /// <inheritdoc />
    public bool Equals(PasswordFile? other)
        => ReferenceEquals(this, other) || (other is not null && Problems.SequenceEqual(other.Problems) && _users.SequenceEqual(other._users));

    /// <inheritdoc />
    public override bool Equals(object? obj) => Equals(obj as PasswordFile);

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(_users.Count, _users.Count > 0 ? _users.First() : default);

    /// <summary>Returns how many users there are.</summary>
    public override string ToString() => Count == 1 ? "1 user" : $"{Count.ToString(CultureInfo.InvariantCulture)} users";

    private static void Read(
        string[] parts, string place, ImmutableSortedDictionary<string, PasswordHash>.Builder users, ImmutableArray<string>.Builder problems)
    {
        string? problem = "is not 'user:hash'";
        if (parts.Length > 1 && PasswordHash.TryParse(parts[1], out var hash, out problem))
        {
            users.TryAdd(parts[0], hash);
        }
        else
        {
            problems.Add($"{place} {problem}");
        }
    }
}
