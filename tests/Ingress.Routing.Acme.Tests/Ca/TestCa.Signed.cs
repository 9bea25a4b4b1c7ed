using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json;

namespace Ingress.Routing.Acme.Tests.Ca;

/// <summary>What is signed, and what it leads to.</summary>
internal sealed partial class TestCa
{
    private sealed record Message(CaProblem? Problem, CaAccount? Account = null, JsonElement Key = default, byte[]? Payload = null)
    {
        public JsonElement Json => JsonDocument.Parse(Payload!).RootElement;
    }

    private Message Verify(HttpContext context, JsonElement body, string resource)
    {
        if (context.Request.ContentType != "application/jose+json" || context.Request.Headers.UserAgent.Count == 0)
        {
            return new(new(415, "malformed", "wrong content type, or no user agent"));
        }

        var (first, second) = (body.GetProperty("protected").GetString()!, body.GetProperty("payload").GetString()!);
        var header = JsonDocument.Parse(Decode(first)).RootElement.Clone();
        if (header.GetProperty("url").GetString() != Url(context, context.Request.Path.Value!.TrimStart('/')))
        {
            return new(new(400, "unauthorized", "signed for another address"));
        }

        if (!_nonces.TryRemove(header.GetProperty("nonce").GetString()!, out _) || Random.Shared.Next(100) < WrongNonces)
        {
            return new(new(400, "badNonce", "try again"));
        }

        CaAccount? account = null;
        if (header.TryGetProperty("kid", out var kid))
        {
            account = _accounts.GetValueOrDefault(kid.GetString()!.Split('/')[^1]);
            if (account is null)
            {
                return new(new(400, "accountDoesNotExist", "no such account"));
            }
        }

        if (account is null && resource is not ("new-account" or "revoke-cert"))
        {
            return new(new(400, "malformed", "there must be a kid"));
        }

        var key = account?.Key ?? header.GetProperty("jwk").Clone();
        return IsSigned(key, header.GetProperty("alg").GetString()!, $"{first}.{second}", Decode(body.GetProperty("signature").GetString()!))
            ? new(null, account, key, Decode(second))
            : new(new(400, "malformed", "the signature is wrong"));
    }

    private static bool IsSigned(JsonElement key, string algorithm, string text, byte[] signature)
    {
        byte[] Number(string name) => Decode(key.GetProperty(name).GetString()!);
        var bytes = Encoding.ASCII.GetBytes(text);
        switch (algorithm)
        {
            case "ES256" or "ES384":
                using (var ecdsa = ECDsa.Create(new ECParameters
                {
                    Curve = algorithm == "ES256" ? ECCurve.NamedCurves.nistP256 : ECCurve.NamedCurves.nistP384,
                    Q = new() { X = Number("x"), Y = Number("y") },
                }))
                {
                    return ecdsa.VerifyData(bytes, signature, algorithm == "ES256" ? HashAlgorithmName.SHA256 : HashAlgorithmName.SHA384);
                }

            case "RS256":
                using (var rsa = RSA.Create(new RSAParameters { Modulus = Number("n"), Exponent = Number("e") }))
                {
                    return rsa.VerifyData(bytes, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
                }

            default:
                return false;
        }
    }

    private static string Thumbprint(JsonElement key)
    {
        var members = key.GetProperty("kty").GetString() == "EC" ? (string[])["crv", "kty", "x", "y"] : ["e", "kty", "n"];
        var json = "{" + string.Join(',', members.Select(member => $"\"{member}\":\"{key.GetProperty(member).GetString()}\"")) + "}";
        return Encode(SHA256.HashData(Encoding.ASCII.GetBytes(json)));
    }

    private Task ServeSignedAsync(HttpContext context, string[] parts, Message message) => parts[0] switch
    {
        "new-account" => NewAccountAsync(context, message),
        "account" => AccountAsync(context, message),
        "orders" => OrdersAsync(context, parts),
        "new-order" => NewOrderAsync(context, message),
        "order" => OrderAsync(context, parts[1], message),
        "authz" => AuthorizationAsync(context, _authorizations[parts[1]]),
        "challenge" => ChallengeAsync(context, parts, message),
        "finalize" => FinalizeAsync(context, _orders[parts[1]], message),
        "certificate" => CertificateAsync(context, parts),
        "revoke-cert" => RevokeAsync(context, message),
        "key-change" => KeyChangeAsync(context, message),
        _ => AnswerAsync(context, new(404, "malformed", "not found")),
    };

    private async Task NewAccountAsync(HttpContext context, Message message)
    {
        CaAccount? account;
        lock (_lock)
        {
            account = _accounts.Values.FirstOrDefault(known => Thumbprint(known.Key) == Thumbprint(message.Key));
        }

        var request = message.Json;
        if (account is null && request.TryGetProperty("onlyReturnExisting", out var only) && only.GetBoolean())
        {
            await AnswerAsync(context, new(400, "accountDoesNotExist", "there is none"));
            return;
        }

        if (account is null && NeedsTerms && !(request.TryGetProperty("termsOfServiceAgreed", out var agreed) && agreed.GetBoolean()))
        {
            await AnswerAsync(context, new(403, "userActionRequired", "agree first"));
            return;
        }

        if (account is null)
        {
            string? bound = null;
            if (External is { } external)
            {
                var binding = request.GetProperty("externalAccountBinding");
                var (first, second) = (binding.GetProperty("protected").GetString()!, binding.GetProperty("payload").GetString()!);
                var header = JsonDocument.Parse(Decode(first)).RootElement;
                var right = header.GetProperty("alg").GetString() == "HS256"
                    && header.GetProperty("kid").GetString() == external.KeyId
                    && header.GetProperty("url").GetString() == Url(context, "new-account")
                    && Thumbprint(JsonDocument.Parse(Decode(second)).RootElement) == Thumbprint(message.Key)
                    && HMACSHA256.HashData(external.Key, Encoding.ASCII.GetBytes($"{first}.{second}")).SequenceEqual(Decode(binding.GetProperty("signature").GetString()!));
                if (!right)
                {
                    await AnswerAsync(context, new(403, "externalAccountRequired", "the binding is wrong"));
                    return;
                }

                bound = external.KeyId;
            }

            account = new() { Id = NextId(), Key = message.Key.Clone(), BoundTo = bound, Contact = ContactOf(request) };
            _accounts[account.Id] = account;
            context.Response.StatusCode = 201;
        }

        context.Response.Headers.Location = Url(context, "account/" + account.Id);
        await context.Response.WriteAsJsonAsync(new { status = "valid", orders = ListsOrders ? Url(context, "orders/" + account.Id) : null });
    }

    private static string? ContactOf(JsonElement request)
        => request.TryGetProperty("contact", out var contact) ? string.Join(",", contact.EnumerateArray().Select(one => one.GetString())) : null;

    private static async Task AccountAsync(HttpContext context, Message message)
    {
        message.Account!.Contact = ContactOf(message.Json) ?? message.Account.Contact;
        await context.Response.WriteAsJsonAsync(new { status = "valid" });
    }

    private async Task OrdersAsync(HttpContext context, string[] parts)
    {
        // Two on a page, so that pages are turned.
        var page = parts.Length > 2 ? int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) : 0;
        var all = Orders.Where(order => order.Account.Id == parts[1]).ToList();
        if (all.Count > (page + 1) * 2)
        {
            context.Response.Headers.Link = $"<{Url(context, $"orders/{parts[1]}/{page + 1}")}>;rel=\"next\"";
        }

        await context.Response.WriteAsJsonAsync(new { orders = all.Skip(page * 2).Take(2).Select(order => Url(context, "order/" + order.Id)) });
    }

    private async Task NewOrderAsync(HttpContext context, Message message)
    {
        var names = message.Json.GetProperty("identifiers").EnumerateArray().Select(one => one.GetProperty("value").GetString()!).ToList();
        var order = new CaOrder
        {
            Id = NextId(),
            Account = message.Account!,
            Names = names,
            Profile = message.Json.TryGetProperty("profile", out var profile) ? profile.GetString() : null,
            Replaces = message.Json.TryGetProperty("replaces", out var replaces) ? replaces.GetString() : null,
            Authorizations = [.. names.Select(name => new CaAuthorization
            {
                Id = NextId(),
                Name = name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name,
                IsWildcard = name.StartsWith('*'),
                Token = Encode(RandomNumberGenerator.GetBytes(16)),
            })],
        };
        foreach (var authorization in order.Authorizations)
        {
            _authorizations[authorization.Id] = authorization;
        }

        _orders[order.Id] = order;
        context.Response.StatusCode = 201;
        context.Response.Headers.Location = Url(context, "order/" + order.Id);
        await WriteAsync(context, order);
    }

    private async Task OrderAsync(HttpContext context, string id, Message message)
    {
        if (!_orders.TryGetValue(id, out var order) || order.Account != message.Account)
        {
            await AnswerAsync(context, new(404, "malformed", "no such order"));
            return;
        }

        await WriteAsync(context, order);
    }

    private static Task WriteAsync(HttpContext context, CaOrder order)
    {
        var status = order.StatusAt(DateTimeOffset.UtcNow);
        return context.Response.WriteAsJsonAsync(new
        {
            status,
            identifiers = order.Names.Select(name => new { type = "dns", value = name }),
            authorizations = order.Authorizations.Select(authorization => Url(context, "authz/" + authorization.Id)),
            finalize = Url(context, "finalize/" + order.Id),
            certificate = status == "valid" ? Url(context, "certificate/" + order.CertificateId) : null,
            error = order.IsInvalid ? new { type = "urn:ietf:params:acme:error:serverInternal", detail = "told to be invalid" } : null,
        });
    }

    private Task AuthorizationAsync(HttpContext context, CaAuthorization authorization) => context.Response.WriteAsJsonAsync(new
    {
        status = authorization.Status,
        identifier = new { type = "dns", value = authorization.Name },
        wildcard = authorization.IsWildcard,
        challenges = (authorization.IsWildcard ? ["dns-01"] : Offers).Select(type => new
        {
            type,
            url = Url(context, $"challenge/{authorization.Id}/{type}"),
            status = authorization.Tried != type ? "pending" : authorization.Status == "pending" ? "processing" : authorization.Status,
            token = authorization.Token,
            error = authorization.Tried == type && authorization.Error is not null
                ? new { type = "urn:ietf:params:acme:error:unauthorized", detail = authorization.Error }
                : null,
        }),
    });

    private async Task ChallengeAsync(HttpContext context, string[] parts, Message message)
    {
        var authorization = _authorizations[parts[1]];
        if (authorization.Tried is null)
        {
            authorization.Tried = parts[2];
            _validations.Enqueue(Task.Run(() => ValidateAsync(authorization, parts[2], $"{authorization.Token}.{Thumbprint(message.Key)}")));
        }

        await context.Response.WriteAsJsonAsync(new { type = parts[2], status = "processing", url = Url(context, context.Request.Path.Value!.TrimStart('/')), token = authorization.Token });
    }

    private async Task FinalizeAsync(HttpContext context, CaOrder order, Message message)
    {
        order.Finalizations++;
        if (order.StatusAt(DateTimeOffset.UtcNow) != "ready")
        {
            await AnswerAsync(context, new(403, "orderNotReady", "it is " + order.StatusAt(DateTimeOffset.UtcNow)));
            return;
        }

        order.Request = Decode(message.Json.GetProperty("csr").GetString()!);
        var request = CertificateRequest.LoadSigningRequest(order.Request, HashAlgorithmName.SHA256, CertificateRequestLoadOptions.UnsafeLoadCertificateExtensions);
        var names = request.CertificateExtensions.OfType<X509SubjectAlternativeNameExtension>().SingleOrDefault()
            ?? new X509SubjectAlternativeNameExtension(request.CertificateExtensions.Single(extension => extension.Oid!.Value == "2.5.29.17").RawData);
        if (!names.EnumerateDnsNames().Order().SequenceEqual(order.Names.Order()))
        {
            await AnswerAsync(context, new(403, "badCSR", "other names"));
            return;
        }

        var id = NextId();
        _certificates[id] = Issue(request, names);
        order.ProcessedAt = DateTimeOffset.UtcNow + IssueDelay;
        order.CertificateId = id;
        await WriteAsync(context, order);
    }

    private string Issue(CertificateRequest asked, X509Extension names)
    {
        var request = new CertificateRequest(new X500DistinguishedName(""), asked.PublicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509SubjectAlternativeNameExtension(names.RawData, critical: true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_intermediate, true, false));
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] = 0x5A;
        var now = DateTimeOffset.UtcNow;
        using var issued = request.Create(
            _intermediate.SubjectName, X509SignatureGenerator.CreateForECDsa(_intermediate.GetECDsaPrivateKey()!), now.AddSeconds(-1), now + Lifetime, serial);
        return issued.ExportCertificatePem();
    }

    private async Task CertificateAsync(HttpContext context, string[] parts)
    {
        context.Response.ContentType = "application/pem-certificate-chain";
        var isOther = parts.Length > 2;
        if (!isOther)
        {
            context.Response.Headers.Append("Link", $"<{Url(context, $"certificate/{parts[1]}/other")}>;rel=\"alternate\"");
        }

        await context.Response.WriteAsync(_certificates[parts[1]] + "\n" + (isOther ? _otherIntermediate : _intermediate).ExportCertificatePem() + "\n");
    }

    private async Task RevokeAsync(HttpContext context, Message message)
    {
        using var certificate = X509CertificateLoader.LoadCertificate(Decode(message.Json.GetProperty("certificate").GetString()!));
        Revoked.Enqueue(certificate.SerialNumber);
        context.Response.StatusCode = 200;
        await context.Response.Body.FlushAsync();
    }

    private static async Task KeyChangeAsync(HttpContext context, Message message)
    {
        var inner = message.Json;
        var (first, second) = (inner.GetProperty("protected").GetString()!, inner.GetProperty("payload").GetString()!);
        var header = JsonDocument.Parse(Decode(first)).RootElement;
        var change = JsonDocument.Parse(Decode(second)).RootElement;
        var key = header.GetProperty("jwk").Clone();
        var right = !header.TryGetProperty("nonce", out _)
            && header.GetProperty("url").GetString() == Url(context, "key-change")
            && IsSigned(key, header.GetProperty("alg").GetString()!, $"{first}.{second}", Decode(inner.GetProperty("signature").GetString()!))
            && change.GetProperty("account").GetString() == Url(context, "account/" + message.Account!.Id)
            && Thumbprint(change.GetProperty("oldKey")) == Thumbprint(message.Account.Key);
        if (!right)
        {
            await AnswerAsync(context, new(400, "malformed", "the change is wrong"));
            return;
        }

        message.Account!.Key = key;
        await context.Response.WriteAsJsonAsync(new { status = "valid" });
    }

    private string NextId() => $"{Interlocked.Increment(ref _number)}";
}
